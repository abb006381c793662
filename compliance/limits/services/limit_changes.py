"""The second act of a looser limit, and what a request that waits comes to. Each request takes effect once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from compliance.audit.names import EventName
from compliance.limits.enums import ChangeState, LimitOwner
from compliance.limits.errors import (
    LimitChangeEnded,
    LimitChangeExpired,
    LimitChangeNotDue,
    LimitChangeNotFound,
    LimitMandatory,
)
from compliance.limits.locks import limits_lock
from compliance.limits.models import Limit, LimitChange
from compliance.limits.selectors.missing import mandatory_period
from compliance.limits.services.care_cases import contact_open
from compliance.limits.services.limit_rows import limit_begin, limit_stop, limit_told
from compliance.limits.services.own_limits import change_end, changes_cancel
from players.models import Player
from wallet.locks import busy_when_locked

MOST_AT_ONCE: Final = 500
JOB: Final = "system:limits"


@busy_when_locked()
@transaction.atomic
def limit_change_confirm(*, player_id: int, change_id: int, actor: str, now: datetime) -> Limit:
    """The player's second act, after the wait: the looser limit is in force from now on. Returns the limit that is,
    or that ended where no limit was asked for. Confirmed twice, it is the same limit.

    Raises LimitChangeNotFound, LimitChangeNotDue, LimitChangeExpired, LimitChangeEnded, LimitMandatory.
    """
    change = _locked(player_id, change_id)
    if change.state == ChangeState.APPLIED:
        return Limit.objects.filter(change=change).first() or change.limit
    if change.state == ChangeState.EXPIRED:
        raise LimitChangeExpired
    if change.state != ChangeState.WAITING:
        raise LimitChangeEnded(state=change.state)
    if now < change.effective_from:
        raise LimitChangeNotDue(effective_from=change.effective_from.isoformat())
    if change.confirm_by is not None and now > change.confirm_by:
        raise LimitChangeExpired
    return _apply(change, actor, now)


@busy_when_locked()
@transaction.atomic
def limit_change_cancel(*, player_id: int, change_id: int, actor: str, now: datetime) -> LimitChange:
    """The player thinks better of it: the limit stays as it is. Raises LimitChangeNotFound, LimitChangeEnded."""
    change = _locked(player_id, change_id)
    if change.state != ChangeState.WAITING:
        raise LimitChangeEnded(state=change.state)
    changes_cancel(limit=change.limit, actor=actor, now=now)
    change.refresh_from_db()
    return change


def limit_changes_mature(*, now: datetime) -> int:
    """End requests that were not confirmed in time, and put those in force that need no second act and have waited.

    Each in a transaction of its own, looked at again under its lock: run twice, or by two at once, nothing happens
    twice. Returns how many ended.
    """
    due = Q(needs_confirmation=True, confirm_by__lt=now) | Q(needs_confirmation=False, effective_from__lte=now)
    waiting = LimitChange.objects.filter(due, state=ChangeState.WAITING).order_by("effective_from", "pk")
    ended = 0
    for player_id, change_id in list(waiting.values_list("player_id", "pk")[:MOST_AT_ONCE]):
        ended += _mature(player_id, change_id, now)
    return ended


@transaction.atomic
def _mature(player_id: int, change_id: int, now: datetime) -> int:
    change = _locked(player_id, change_id)
    if change.state != ChangeState.WAITING:
        return 0
    if not change.needs_confirmation:
        try:
            _apply(change, JOB, now)
        except LimitMandatory:
            changes_cancel(limit=change.limit, actor=JOB, now=now)
        return 1
    change_end(change=change, state=ChangeState.EXPIRED, actor=JOB, now=now)
    limit_told(
        limit=change.limit, name=EventName.LIMIT_CHANGE_EXPIRED, actor=JOB, now=now,
        after={"change": change.pk, "asked": change.amount},
    )  # fmt: skip
    return 1


def _locked(player_id: int, change_id: int) -> LimitChange:
    """The request as it stands once no bet, deposit or other change of the player's limits is under way."""
    player = Player.objects.filter(pk=player_id).first()
    if player is None:
        raise LimitChangeNotFound
    limits_lock(player)
    found = LimitChange.objects.select_related("limit", "player").filter(pk=change_id, player_id=player_id)
    change = found.select_for_update(of=("self",), no_key=True).first()
    if change is None:
        raise LimitChangeNotFound
    return change


def _apply(change: LimitChange, actor: str, now: datetime) -> Limit:
    limit = change.limit
    change_end(change=change, state=ChangeState.APPLIED, actor=actor, now=now)
    if change.amount is None:
        if mandatory_period(player=change.player, kind=limit.kind, period=limit.period, now=now):
            raise LimitMandatory
        limit_stop(limit=limit, actor=actor, now=now)
        limit_told(limit=limit, name=EventName.LIMIT_REMOVED, actor=actor, now=now, after={"change": change.pk})
        return limit
    raised = limit_begin(
        player=change.player, owner=LimitOwner.PLAYER, kind=limit.kind, period=limit.period, amount=change.amount,
        replaces=limit, name=EventName.LIMIT_RAISED, actor=actor, now=now, change=change,
    )  # fmt: skip
    contact_open(player=change.player, limit=raised, now=now)
    return raised
