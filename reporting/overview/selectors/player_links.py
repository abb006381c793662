"""Who a player is, masked, and who shares the same personal data. Blind indexes are compared; nothing is revealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Q

from casino.cashier.models import Instrument
from common.scope import Scope
from players.accounts.models import Device
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.masking import NOTHING, mask_name
from players.personal.models import PersonalKey
from players.personal.selectors.details import details_open
from reporting.overview.types import LinkedPlayer, Person

MOST: Final = 50
SHARED: Final = {
    "email_index": "e-mail address",
    "phone_index": "phone number",
    "name_birth_index": "name and birth date",
    "name_look_index": "name as it looks, and birth date",
    "address_index": "home",
    "document_index": "document",
}
DEVICE: Final = "device"
INSTRUMENT: Final = "means of payment"


def person_of(*, player_id: int, today: date) -> Person:
    """The person behind an account, as everybody may see it who may see personal data masked."""
    try:
        known = details_open(player_id=player_id)
    except PersonalDataUnknown:
        return Person("not recorded", None)
    except PersonalDataErased:
        return Person("erased", None)
    return Person(mask_name(known.full_name) if known.full_name else NOTHING, _age(known.birth_date, today))


def linked_players(*, player: Player, scope: Scope) -> tuple[LinkedPlayer, ...]:
    """Other accounts with the same personal data, device or means of payment, within `scope`, at most 50.

    Nothing is opened.
    """
    shares: dict[int, list[str]] = {}
    others: dict[int, Player] = {}
    for other, what in (*_same_person(player), *_same_device(player), *_same_instrument(player)):
        if scope.admits(brand_id=other.brand_id, jurisdiction=other.jurisdiction):
            others[other.pk] = other
            shares.setdefault(other.pk, []).append(what)
    return tuple(
        LinkedPlayer(
            player_id=other.pk, public_id=other.public_id, nickname=other.nickname, brand=other.brand.name,
            shares=", ".join(dict.fromkeys(shares[other.pk])),
        )
        for other in sorted(others.values(), key=lambda one: one.pk)[:MOST]
    )  # fmt: skip


def _same_person(player: Player) -> Iterator[tuple[Player, str]]:
    own = PersonalKey.objects.filter(data__player_id=player.pk).values(*SHARED).first()
    indexes = {name: bytes(value) for name, value in (own or {}).items() if value is not None}
    if not indexes:
        return
    same = Q(pk__in=[])
    for name, value in indexes.items():
        same |= Q(**{name: value})
    rows = PersonalKey.objects.filter(same).exclude(data__player_id=player.pk).select_related("data__player__brand")
    for row in rows.order_by("pk")[:MOST]:
        found = [name for name, value in indexes.items() if _bytes(getattr(row, name)) == value]
        if "name_birth_index" in found and "name_look_index" in found:
            found.remove("name_look_index")
        yield from ((row.data.player, SHARED[name]) for name in found)


def _same_device(player: Player) -> Iterator[tuple[Player, str]]:
    own = Device.objects.filter(player=player).values("device_index")
    rows = Device.objects.filter(device_index__in=own).exclude(player=player).select_related("player__brand")
    yield from ((row.player, DEVICE) for row in rows.order_by("player_id")[:MOST])


def _same_instrument(player: Player) -> Iterator[tuple[Player, str]]:
    own = Instrument.objects.filter(player=player).exclude(fingerprint="").values("fingerprint")
    rows = Instrument.objects.filter(fingerprint__in=own).exclude(player=player).select_related("player__brand")
    yield from ((row.player, INSTRUMENT) for row in rows.order_by("player_id", "pk")[:MOST])


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _age(born: date | None, today: date) -> int | None:
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
