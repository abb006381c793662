"""Accounts of the same person, by the digests of who they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from players.enums import PlayerStatus
from players.personal.identity import IdentityDigests
from players.personal.models import PersonalKey

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Alike:
    """An account that shares `by` with somebody: "name", "document", "address", "phone", "email"."""

    player_id: int
    by: frozenset[str]

    @property
    def is_same_person(self) -> bool:
        """Whether this alone tells that it is one person: name with birth date, or document."""
        return bool(self.by & {"name", "document"})


def accounts_alike(*, digests: IdentityDigests, brand_ids: Collection[int]) -> Sequence[Alike]:
    """Accounts in the brands that are not closed and share a digest with somebody, at most 50, the oldest first."""
    shared = Q()
    if digests.names:
        shared |= Q(name_birth_index__in=digests.names) | Q(name_look_index__in=digests.names)
    for column in ("address", "document", "phone", "email"):
        if (digest := getattr(digests, column)) is not None:
            shared |= Q(**{f"{column}_index": digest})
    if not shared:
        return []
    keys = PersonalKey.objects.filter(shared, data__player__brand_id__in=brand_ids).select_related("data")
    open_ones = keys.exclude(data__player__status=PlayerStatus.CLOSED).order_by("pk")[:MOST]
    return [Alike(key.data.player_id, _by(key, digests)) for key in open_ones]


def _by(key: PersonalKey, digests: IdentityDigests) -> frozenset[str]:
    found = {
        column
        for column in ("address", "document", "phone", "email")
        if (digest := getattr(digests, column)) is not None and _bytes(getattr(key, f"{column}_index")) == digest
    }
    if {_bytes(key.name_birth_index), _bytes(key.name_look_index)} & set(digests.names):
        found.add("name")
    return frozenset(found)


def _bytes(column: bytes | memoryview[int] | None) -> bytes | None:
    return None if column is None else bytes(column)
