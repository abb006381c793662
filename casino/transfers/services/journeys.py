"""A leg driven from end to end: sent, called, booked. The calls stand between transactions, never in one.

Whoever dies in between leaves a leg that `services/janitor.py` finishes by asking.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.transfers.enums import Direction, LegState, Purpose, Standing, VisitState
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.registry import site_of
from casino.transfers.services.endings import return_again
from casino.transfers.services.legs import call_keep, leg_fail, leg_locked, leg_send, leg_settle
from casino.transfers.types import Seat, Told
from common.database.outside import outside_transactions
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


def leg_drive(*, leg_id: int, actor: str, now: datetime) -> TransferLeg:
    """Send a planned leg and book the answer. A leg that another has is left alone; what it says is returned.

    Raises TransferNotConnected before anything is sent.
    """
    outside_transactions("a provider")
    planned = TransferLeg.objects.select_related("visit__provider", "visit__player").get(pk=leg_id)
    adapter, site = site_of(planned.visit.provider)
    leg = leg_send(leg_id=leg_id, now=now)
    if leg is None:
        return planned
    seat = seat_of(planned.visit)
    if leg.direction == Direction.OUT:
        assert leg.amount is not None
        told = adapter.credit(site, seat, leg.reference, leg.amount)
        return leg_settle(leg_id=leg_id, told=told, purpose=Purpose.CREDIT, actor=actor, now=now)
    told = adapter.debit_all(site, seat, leg.reference)
    if told.standing is not Standing.DONE:
        return leg_settle(leg_id=leg_id, told=told, purpose=Purpose.DEBIT_ALL, actor=actor, now=now)
    # Nobody of ours knows how much there was: what comes back is booked when the provider says it twice.
    call_keep(visit_id=leg.visit_id, leg=leg, purpose=Purpose.DEBIT_ALL, told=told, now=now)
    again = adapter.status(site, seat, leg.reference)
    return leg_settle(leg_id=leg_id, told=_both(told, again), purpose=Purpose.STATUS, actor=actor, now=now)


def leg_resolve(*, leg_id: int, actor: str, now: datetime) -> TransferLeg:
    """Finish a leg that was left: never sent, given up or sent; sent, asked about. Raises TransferNotConnected."""
    outside_transactions("a provider")
    leg = TransferLeg.objects.select_related("visit__provider", "visit__player").get(pk=leg_id)
    if leg.state == LegState.PLANNED:
        if leg.direction == Direction.IN:
            return leg_drive(leg_id=leg_id, actor=actor, now=now)
        return _give_up(leg_id, actor, now)
    adapter, site = site_of(leg.visit.provider)
    told = adapter.status(site, seat_of(leg.visit), leg.reference)
    settled = leg_settle(leg_id=leg_id, told=told, purpose=Purpose.STATUS, actor=actor, now=now)
    if told.standing is Standing.ABSENT and settled.direction == Direction.IN and settled.state == LegState.UNKNOWN:
        return leg_drive(leg_id=leg_id, actor=actor, now=now)
    return settled


def visit_bring_back(*, visit_id: int, actor: str, now: datetime) -> TransferVisit:
    """Move a recalled visit as far home as the provider lets it: asks first where something is unknown.

    Raises TransferNotConnected.
    """
    for _step in range(3):  # the way there resolved, the way back, one more after a refusal
        leg = TransferLeg.objects.filter(visit_id=visit_id, settled_at=None).first()
        if leg is None:
            leg = return_again(visit_id=visit_id, now=now)
        if leg is None:
            break
        if leg.state == LegState.PLANNED and leg.direction == Direction.IN:
            done = leg_drive(leg_id=leg.pk, actor=actor, now=now)
        else:
            done = leg_resolve(leg_id=leg.pk, actor=actor, now=now)
        if done.state not in (LegState.CONFIRMED,):
            break
    return TransferVisit.objects.select_related("provider", "game").get(pk=visit_id)


def balance_ask(*, visit: TransferVisit, now: datetime) -> Told:
    """What the player has at the provider, kept on the visit. Raises TransferNotConnected."""
    outside_transactions("a provider")
    adapter, site = site_of(visit.provider)
    told = adapter.balance(site, seat_of(visit))
    known = told.standing is Standing.DONE and told.amount is not None
    with transaction.atomic():
        if not known or told.amount != visit.seen_balance:
            call_keep(visit_id=visit.pk, leg=None, purpose=Purpose.BALANCE, told=told, now=now)
        if known:
            rows = TransferVisit.objects.filter(pk=visit.pk, state=VisitState.AT_PROVIDER)
            rows.update(seen_balance=told.amount, seen_at=now)
    return told


def visit_ask(*, visit: TransferVisit, actor: str, now: datetime) -> str:
    """Ask the provider by hand: what became of a transfer that is under way, else what the player has there.

    Returns a sentence for who asked; audited. Raises TransferNotConnected.
    """
    leg = TransferLeg.objects.filter(visit_id=visit.pk, settled_at=None).first()
    if leg is not None:
        done = leg_resolve(leg_id=leg.pk, actor=actor, now=now)
        said = f"{done.get_direction_display()}: {done.get_state_display().lower()}."
    else:
        told = balance_ask(visit=visit, now=now)
        amount = "" if told.amount is None else f" {told.amount} {visit.currency}"
        said = f"The provider says: {told.standing.label.lower()}{amount}."
    audit_record(
        name=EventName.TRANSFER_ASKED, actor=actor, now=now, subject=f"transfers.transfervisit:{visit.pk}",
        player_id=visit.player_id, after={"said": said},
    )  # fmt: skip
    return said


def seat_of(visit: TransferVisit) -> Seat:
    """Who plays what, as the provider is told. `visit` with its player, game and session."""
    return Seat(
        player=visit.player.public_id, currency=visit.currency, game=visit.game.code,
        session=visit.session.public_id, language=visit.player.language,
    )  # fmt: skip


@transaction.atomic
def _give_up(leg_id: int, actor: str, now: datetime) -> TransferLeg:
    """Planned and never sent, or somebody sends it just now: then it is theirs."""
    leg = leg_locked(leg_id)
    if leg.state != LegState.PLANNED:
        return leg
    return leg_fail(leg=leg, told=Told(standing=Standing.ABSENT, note="never sent"), actor=actor, now=now)


def _both(first: Told, second: Told) -> Told:
    """The second answer where it confirms the first; else nobody knows, and it is asked again later."""
    if second.standing is Standing.DONE and second.amount == first.amount:
        return second
    note = f"two answers: {first.amount} and {second.amount if second.amount is not None else second.standing}"
    differs = second.standing is Standing.DONE
    return Told(
        standing=Standing.UNKNOWN, amount=second.amount, note=note[:200], busy_ms=second.busy_ms, differs=differs
    )
