"""Which accounts are one person's, and whether a person is excluded: by digests, never by stored names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from compliance.exclusions.enums import ExclusionScope
from compliance.exclusions.identity import IdentityDigest, identity_digests, same_person
from compliance.exclusions.models import ExcludedIdentity, Exclusion
from compliance.exclusions.selectors.standing import in_force
from players.models import Brand, Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import (
    details_open,
    players_by_email,
    players_by_name_and_birth,
    players_by_phone,
)
from players.personal.types import PersonalDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionMatch:
    """An exclusion that stands against a person. Not `certain`: only name and birth date are the same.

    `same_person`: enough is the same to exclude an account, too, and not only to refuse a new one.
    """

    exclusion: Exclusion
    certain: bool
    same_person: bool
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The other accounts of a player's person within the group; `possible` ones share too little to be sure."""

    certain: tuple[Player, ...] = ()
    possible: tuple[Player, ...] = ()


def digests_of_player(player_id: int) -> frozenset[IdentityDigest]:
    """The marks of a player's person; none where nothing personal is recorded or readable."""
    try:
        return identity_digests(details_open(player_id=player_id))
    except (PersonalDataUnknown, PersonalDataErased):
        return frozenset()


def exclusion_against(*, details: PersonalDetails, brand_id: int, now: datetime) -> ExclusionMatch | None:
    """The exclusion that keeps this person from opening an account with the brand; a certain match before a possible.

    For registration (2.8 rule 5, MT-06). Also finds people whose account was erased.
    """
    brand = Brand.objects.get(pk=brand_id)
    found = exclusions_of_marks(identity_digests(details), brand=brand, now=now)
    return found[0] if found else None


def exclusions_of_marks(marks: frozenset[IdentityDigest], *, brand: Brand, now: datetime) -> tuple[ExclusionMatch, ...]:
    """Every exclusion against a person with these marks that reaches the brand, certain ones first."""
    reaches = Q(brand_id=brand.pk)
    if brand.group_id is not None:
        groups = Q(group_id=brand.group_id) | Q(brand__group_id=brand.group_id)
        reaches |= Q(scope=ExclusionScope.GROUP) & groups
    by_digest = {mark.digest: mark for mark in marks}
    rows = ExcludedIdentity.objects.filter(digest__in=list(by_digest)).values_list("exclusion_id", "digest")
    hits: dict[int, list[IdentityDigest]] = {}
    for exclusion_id, digest in rows[:500]:
        hits.setdefault(exclusion_id, []).append(by_digest[bytes(digest)])
    standing = Exclusion.objects.filter(in_force(now), reaches, pk__in=list(hits)).select_related("origin")
    found = [
        ExclusionMatch(
            exclusion=row,
            certain=any(mark.certain for mark in hits[row.pk]),
            same_person=same_person(mark.kind for mark in hits[row.pk]),
            by=tuple(sorted({mark.kind.value for mark in hits[row.pk]})),
        )
        for row in standing.order_by("pk")
    ]
    return tuple(sorted(found, key=lambda match: not match.certain))


def accounts_of_person(player: Player) -> Accounts:
    """The same person's other accounts at brands of the group, open or not."""
    brand = Brand.objects.get(pk=player.brand_id)
    try:
        details = details_open(player_id=player.pk)
    except (PersonalDataUnknown, PersonalDataErased):
        return Accounts()
    near = set(players_by_email(details.email)) | set(players_by_phone(details.phone))
    if details.birth_date is not None:
        near |= set(players_by_name_and_birth(details.full_name, details.birth_date))
    same_group = Q(brand_id=brand.pk) if brand.group_id is None else Q(brand__group_id=brand.group_id)
    rows = Player.objects.filter(same_group, pk__in=near - {player.pk}, is_test=player.is_test).order_by("pk")
    marks = identity_digests(details)
    certain, possible = [], []
    for other in rows:
        shared = marks & digests_of_player(other.pk)
        if same_person(mark.kind for mark in shared):
            certain.append(other)
        elif shared:
            possible.append(other)
    return Accounts(certain=tuple(certain), possible=tuple(possible))
