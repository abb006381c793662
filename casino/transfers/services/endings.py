"""A visit's own steps, each behind the locks of its leg: arrived, failed, on its way back, closed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casino.play.enums import SessionEnd
from casino.play.models import GameSession
from casino.transfers.enums import Direction, ReturnReason, VisitState
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.services.openings import leg_plan
from casino.transfers.states import visit_step
from common.money import ZERO
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.limits.services.counters import counters_move
from players.models import Player
from wallet.locks import wallet_lock
from wallet.services.transfers import transfer_in


def visit_arrive(*, visit: TransferVisit, actor: str, now: datetime) -> None:
    """The money is there. Was it called back meanwhile, its way back is planned at once."""
    visit.state, visit.arrived_at = visit_step(visit.state, VisitState.AT_PROVIDER), now
    visit.seen_balance, visit.seen_at = visit.sent, now
    visit.save(update_fields=["state", "arrived_at", "seen_balance", "seen_at"])
    GameSession.objects.filter(pk=visit.session_id, ended_at=None).update(authenticated_at=now, last_seen_at=now)
    _told(EventName.TRANSFER_ARRIVED, visit, actor, now, {"amount": visit.sent})
    if visit.return_reason:
        _return_begin(visit, now)


def visit_fail(*, visit: TransferVisit, state: VisitState, note: str, actor: str, now: datetime) -> None:
    """The money never went: the hold is given back whole."""
    transfer_in(hold_id=visit.hold_id, returned=visit.sent, provider=_code(visit), actor=actor, now=now)
    visit.state, visit.closed_at = visit_step(visit.state, state), now
    visit.save(update_fields=["state", "closed_at"])
    _session_end(visit, now)
    _told(EventName.TRANSFER_FAILED, visit, actor, now, {"amount": visit.sent, "note": note})


def visit_close(*, visit: TransferVisit, returned: Decimal, actor: str, now: datetime) -> None:
    """The money is back: booked with its difference, and the net result counted for the player's limits."""
    transfer_in(hold_id=visit.hold_id, returned=returned, provider=_code(visit), actor=actor, now=now)
    visit.state = visit_step(visit.state, VisitState.CLOSED)
    visit.returned, visit.closed_at = returned, now
    visit.save(update_fields=["state", "returned", "closed_at"])
    lost, won = max(visit.sent - returned, ZERO), max(returned - visit.sent, ZERO)
    if lost or won:
        player = Player.objects.get(pk=visit.player_id)
        counters_move(player=player, now=now, wagered=lost, staked=lost, won=won)
    _session_end(visit, now)
    _told(
        EventName.TRANSFER_CLOSED, visit, actor, now,
        {"sent": visit.sent, "returned": returned, "result": returned - visit.sent},
    )  # fmt: skip


@transaction.atomic
def visit_recall(*, visit_id: int, reason: ReturnReason, note: str, actor: str, now: datetime) -> TransferVisit:
    """Have the money come back. Where it is not known to be there yet, that is remembered and done as soon as it is.

    Safe to repeat: the first reason stays.
    """
    found = TransferVisit.objects.get(pk=visit_id)
    wallet_lock(player_id=found.player_id, currency=found.currency)
    visit = TransferVisit.objects.select_for_update().get(pk=visit_id)
    if visit.state not in (VisitState.OPENING, VisitState.AT_PROVIDER) or visit.return_reason:
        return visit
    visit.return_reason, visit.return_note = reason, note[:200]
    visit.save(update_fields=["return_reason", "return_note"])
    _told(EventName.TRANSFER_RECALLED, visit, actor, now, {"reason": reason}, note)
    if visit.state == VisitState.AT_PROVIDER:
        _return_begin(visit, now)
    return visit


@transaction.atomic
def return_again(*, visit_id: int, now: datetime) -> TransferLeg | None:
    """Another leg for a visit on its way back whose last one failed. None: one is under way, or it is back."""
    found = TransferVisit.objects.get(pk=visit_id)
    wallet_lock(player_id=found.player_id, currency=found.currency)
    visit = TransferVisit.objects.select_for_update().get(pk=visit_id)
    open_legs = TransferLeg.objects.filter(visit=visit, settled_at=None)
    if visit.state != VisitState.RETURNING or open_legs.exists():
        return None
    visit.checked_at = now
    visit.save(update_fields=["checked_at"])
    return leg_plan(visit=visit, direction=Direction.IN, amount=None, now=now)


def _return_begin(visit: TransferVisit, now: datetime) -> TransferLeg:
    visit.state, visit.returning_at = visit_step(visit.state, VisitState.RETURNING), now
    visit.save(update_fields=["state", "returning_at"])
    return leg_plan(visit=visit, direction=Direction.IN, amount=None, now=now)


def _session_end(visit: TransferVisit, now: datetime) -> None:
    GameSession.objects.filter(pk=visit.session_id, ended_at=None).update(ended_at=now, end_reason=SessionEnd.CLOSED)


def _code(visit: TransferVisit) -> str:
    return visit.provider.code


def _told(
    name: EventName, visit: TransferVisit, actor: str, now: datetime, after: dict[str, object], reason: str = ""
) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"transfers.transfervisit:{visit.pk}", reason=reason,
        player_id=visit.player_id, after={"state": visit.state, "currency": visit.currency} | after,
    )  # fmt: skip
