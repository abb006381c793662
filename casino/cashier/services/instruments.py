"""Instruments: kept as gateways tell them, with whose they are; removed by players, blocked and verified by staff."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from casino.cashier.enums import Ownership
from casino.cashier.errors import InstrumentNotFound
from casino.cashier.models import Instrument
from casino.cashier.ownership import ownership_of
from casino.gateways import types as gateways
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open
from players.personal.selectors.keys import person_key
from players.personal.vault import value_close, value_open

FIELD: Final = "instrument_owner"


@transaction.atomic
def instrument_keep(
    *, player_id: int, gateway: str, told: gateways.Instrument, used: bool, now: datetime
) -> Instrument | None:
    """Keep what a gateway tells of a means of payment, once; None where it tells nothing to know it by.

    `used` says that money came from it now. Under the player's wallet lock, so that two messages keep one.
    """
    if not (told.token or told.fingerprint or told.last_four):
        return None
    known = {
        "player_id": player_id, "gateway": gateway, "kind": told.kind.value, "token": told.token[:200],
        "fingerprint": told.fingerprint[:200], "last_four": told.last_four[-4:],
    }  # fmt: skip
    row = Instrument.objects.select_for_update().filter(**known).first() or Instrument(**known, added_at=now)
    is_new = row.pk is None
    row.scheme, row.country = told.scheme[:40] or row.scheme, told.country[:2] or row.country
    row.expires = told.expires or row.expires
    if told.owner_name.strip() and row.ownership != Ownership.VERIFIED:
        row.owner_name, row.ownership = _owner(player_id, told.owner_name)
    if used:
        row.first_used_at, row.last_used_at = row.first_used_at or now, now
    if is_new or used:
        row.removed_at = None
    row.save()
    if is_new:
        audit_record(
            name=EventName.INSTRUMENT_ADDED, actor=f"gateway:{gateway}", now=now,
            subject=f"cashier.instrument:{row.pk}", player_id=player_id, brand_id=_brand(player_id),
            after={"kind": row.kind, "gateway": gateway, "ownership": row.ownership},
        )  # fmt: skip
    return row


@transaction.atomic
def instrument_remove(*, player_id: int, instrument_id: int, actor: str, now: datetime) -> Instrument:
    """Offer it to the player no more; money that came from it still goes back to it. Raises InstrumentNotFound."""
    row = _locked(instrument_id)
    if row.player_id != player_id or row.removed_at is not None:
        raise InstrumentNotFound
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    return _told(row, EventName.INSTRUMENT_REMOVED, "", actor, now)


@transaction.atomic
def instrument_block(*, instrument_id: int, reason: str, actor: str, now: datetime) -> Instrument:
    """No deposit comes from it and no payout goes to it from now on. Raises InstrumentNotFound."""
    row = _locked(instrument_id)
    row.blocked_at, row.blocked_because = now, reason[:200]
    row.save(update_fields=["blocked_at", "blocked_because"])
    return _told(row, EventName.INSTRUMENT_BLOCKED, reason, actor, now)


@transaction.atomic
def instrument_verify(*, instrument_id: int, reason: str, actor: str, now: datetime) -> Instrument:
    """It is the player's own, as documents show. Raises InstrumentNotFound."""
    row = _locked(instrument_id)
    row.ownership, row.verified_at, row.verified_by = Ownership.VERIFIED, now, actor
    row.save(update_fields=["ownership", "verified_at", "verified_by"])
    return _told(row, EventName.INSTRUMENT_VERIFIED, reason, actor, now)


def owner_name_open(row: Instrument) -> str:
    """The owner's name as the gateway told it: for checks, never for a screen without a purpose; empty once erased."""
    if row.owner_name is None:
        return ""
    try:
        key = person_key(row.player_id)
    except (PersonalDataErased, PersonalDataUnknown):
        return ""
    return value_open(key, player_id=row.player_id, field=FIELD, closed=row.owner_name)


def _owner(player_id: int, name: str) -> tuple[bytes | None, Ownership]:
    try:
        known, key = details_open(player_id=player_id).full_name, person_key(player_id)
    except (PersonalDataErased, PersonalDataUnknown):
        return None, Ownership.UNKNOWN
    return value_close(key, player_id=player_id, field=FIELD, text=name), ownership_of(name, known)


def _locked(instrument_id: int) -> Instrument:
    row = Instrument.objects.select_related("player").select_for_update(of=("self",)).filter(pk=instrument_id).first()
    if row is None:
        raise InstrumentNotFound
    return row


def _brand(player_id: int) -> int:
    return int(Player.objects.values_list("brand_id", flat=True).get(pk=player_id))


def _told(row: Instrument, name: EventName, reason: str, actor: str, now: datetime) -> Instrument:
    audit_record(
        name=name, actor=actor, now=now, subject=f"cashier.instrument:{row.pk}", reason=reason,
        player_id=row.player_id, brand_id=row.player.brand_id, after={"ownership": row.ownership, "kind": row.kind},
    )  # fmt: skip
    return row
