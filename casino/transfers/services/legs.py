"""A leg's steps: sent, and settled by what the provider told. Each is one transaction; no call is made in any.

Whatever is told, money moves here at most once: the leg is locked, and what has ended does not end again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from casino.transfers.enums import Direction, LegState, Purpose, Standing, VisitState
from casino.transfers.models import TransferCall, TransferLeg, TransferVisit
from casino.transfers.services.endings import visit_arrive, visit_close, visit_fail
from casino.transfers.states import OPEN_LEGS, leg_step
from casino.transfers.types import Told
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.locks import wallet_lock

FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(minutes=10)


@transaction.atomic
def leg_send(*, leg_id: int, now: datetime) -> TransferLeg | None:
    """Say that the leg goes out now; committed before the call. None: another has it, or it has ended.

    A planned leg is sent by whoever is first. The way back, once unknown, is sent again under the same reference.
    """
    leg = leg_locked(leg_id)
    again = leg.state == LegState.UNKNOWN and leg.direction == Direction.IN
    if leg.state != LegState.PLANNED and not again:
        return None
    leg.state, leg.sent_at, leg.attempts = leg_step(leg.state, LegState.SENT), now, leg.attempts + 1
    leg.ask_next_at = None
    leg.save(update_fields=["state", "sent_at", "attempts", "ask_next_at"])
    return leg


@transaction.atomic
def leg_settle(*, leg_id: int, told: Told, purpose: Purpose, actor: str, now: datetime) -> TransferLeg:
    """Book what a provider told about a leg: once, whoever asks how often."""
    leg = leg_locked(leg_id)
    call_keep(visit_id=leg.visit_id, leg=leg, purpose=purpose, told=told, now=now)
    if purpose is Purpose.STATUS:
        leg.asked, leg.asked_at = leg.asked + 1, now
        leg.save(update_fields=["asked", "asked_at"])
    if leg.state not in OPEN_LEGS or leg.state == LegState.PLANNED:
        if told.standing is Standing.DONE and leg.state == LegState.FAILED:
            _dispute(leg, told, actor, now)  # booked there after it was given up here: against the contract
        return leg
    if told.standing is Standing.DONE and _as_asked(leg, told):
        return _confirm(leg, told, actor, now)
    if told.standing is Standing.DONE or told.differs:
        _dispute(leg, told, actor, now)
    if told.standing is Standing.REFUSED or (told.standing is Standing.ABSENT and _final(leg, now)):
        return leg_fail(leg=leg, told=told, actor=actor, now=now)
    return _unknown(leg, told, actor, now)


def leg_fail(*, leg: TransferLeg, told: Told, actor: str, now: datetime) -> TransferLeg:
    """It did not happen. The way there: the money is the player's to use again. Needs the locks of `leg_locked`."""
    leg.state, leg.ask_next_at = leg_step(leg.state, LegState.FAILED), None
    leg.settled_at, leg.note = now, told.note
    leg.save(update_fields=["state", "settled_at", "note", "ask_next_at"])
    if leg.direction == Direction.OUT:
        refused = told.standing is Standing.REFUSED
        state = VisitState.REFUSED if refused else VisitState.ABORTED
        visit_fail(visit=leg.visit, state=state, note=told.note, actor=actor, now=now)
    return leg


def leg_locked(leg_id: int) -> TransferLeg:
    """The leg with its visit, behind the wallet's lock and its own. Needs a transaction."""
    found = TransferLeg.objects.select_related("visit").get(pk=leg_id)
    wallet_lock(player_id=found.visit.player_id, currency=found.visit.currency)
    visit = TransferVisit.objects.select_for_update().get(pk=found.visit_id)
    leg = TransferLeg.objects.select_for_update().get(pk=leg_id)
    leg.visit = visit
    return leg


def call_keep(*, visit_id: int, leg: TransferLeg | None, purpose: Purpose, told: Told, now: datetime) -> None:
    """Keep what a call was answered."""
    TransferCall.objects.create(
        visit_id=visit_id, leg=leg, purpose=purpose, standing=told.standing, amount=told.amount, note=told.note,
        busy_ms=told.busy_ms, called_at=now,
    )  # fmt: skip


def _as_asked(leg: TransferLeg, told: Told) -> bool:
    """Whether the provider moved what we sent; on the way back it says how much that is."""
    if told.amount is None or told.currency != leg.visit.currency:
        return False
    return leg.direction == Direction.IN or told.amount == leg.amount


def _final(leg: TransferLeg, now: datetime) -> bool:
    """Whether "never heard of it" is the last word: a call this old is refused by the provider, so it can not arrive
    any more. The way back never is: it is sent again."""
    lives = timedelta(seconds=settings.TRANSFER_CALL_LIVES_SECONDS)
    return leg.direction == Direction.OUT and leg.sent_at is not None and now > leg.sent_at + lives


def _confirm(leg: TransferLeg, told: Told, actor: str, now: datetime) -> TransferLeg:
    assert told.amount is not None
    leg.state, leg.settled_at, leg.amount = leg_step(leg.state, LegState.CONFIRMED), now, told.amount
    leg.note, leg.ask_next_at = told.note, None
    leg.save(update_fields=["state", "settled_at", "amount", "note", "ask_next_at"])
    if leg.direction == Direction.OUT:
        visit_arrive(visit=leg.visit, actor=actor, now=now)
    else:
        visit_close(visit=leg.visit, returned=told.amount, actor=actor, now=now)
    return leg


def _unknown(leg: TransferLeg, told: Told, actor: str, now: datetime) -> TransferLeg:
    first = leg.state != LegState.UNKNOWN
    leg.state, leg.note = leg_step(leg.state, LegState.UNKNOWN), told.note or told.standing.label
    leg.ask_next_at = now + min(FIRST_WAIT * 2 ** min(leg.asked, 10), LONGEST_WAIT)
    leg.save(update_fields=["state", "note", "ask_next_at"])
    if first and leg.asked == 0:
        audit_record(
            name=EventName.TRANSFER_UNKNOWN, actor=actor, now=now, subject=_subject(leg), reason=leg.note,
            player_id=leg.visit.player_id, after={"leg": leg.reference, "direction": leg.direction},
        )  # fmt: skip
    return leg


def _dispute(leg: TransferLeg, told: Told, actor: str, now: datetime) -> None:
    visit = leg.visit
    if visit.disputed:
        return
    visit.disputed = True
    visit.save(update_fields=["disputed"])
    audit_record(
        name=EventName.TRANSFER_DISPUTED, actor=actor, now=now, subject=_subject(leg), player_id=visit.player_id,
        after={"leg": leg.reference, "ours": leg.amount, "theirs": told.amount, "state": leg.state},
    )  # fmt: skip


def _subject(leg: TransferLeg) -> str:
    return f"transfers.transfervisit:{leg.visit_id}"
