"""Money does not stay at a provider longer than it may: every open visit is looked at, again and again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog

from casino.play.models import GameSession
from casino.transfers.enums import Standing, VisitState
from casino.transfers.errors import TransferNotConnected
from casino.transfers.models import TransferVisit
from casino.transfers.selectors.reasons import recall_of
from casino.transfers.selectors.visits import visits_to_check
from casino.transfers.services.endings import visit_recall
from casino.transfers.services.janitor import ACTOR
from casino.transfers.services.journeys import balance_ask
from casino.transfers.services.launches import visit_leave

EVERY: Final = timedelta(seconds=20)
log = structlog.get_logger()


def visits_sweep(*, now: datetime, most: int = 200) -> int:
    """Fetch the money of whoever may not, or does not, play any more; returns how many were called back.

    Looks at each visit every EVERY at most. A balance that moved is a sign of life of the game session, which idles
    out like any other (SESSION_IDLE). Safe to run twice and side by side.
    """
    rows = visits_to_check(now, EVERY).select_related("provider", "player", "game", "session", "sign_in")
    recalled = 0
    for visit in list(rows[:most]):
        mine = TransferVisit.objects.filter(pk=visit.pk, checked_at=visit.checked_at).update(checked_at=now)
        if mine:
            recalled += _looked(visit, now)
    return recalled


def _looked(visit: TransferVisit, now: datetime) -> bool:
    recall = recall_of(visit=visit, now=now)
    if recall is None:
        if visit.state == VisitState.AT_PROVIDER:
            _pulse(visit, now)
        return False
    if visit.return_reason:
        return False
    if visit.state == VisitState.OPENING:
        visit_recall(visit_id=visit.pk, reason=recall.reason, note=recall.note, actor=ACTOR, now=now)
        return True
    try:
        visit_leave(visit_id=visit.pk, reason=recall.reason, note=recall.note, actor=ACTOR, now=now)
    except TransferNotConnected:
        log.warning("transfers:provider:not_connected", visit=visit.reference, provider=visit.provider.code)
    return True


def _pulse(visit: TransferVisit, now: datetime) -> None:
    """How much is there now: a balance that moved means that somebody plays."""
    before = visit.seen_balance
    try:
        told = balance_ask(visit=visit, now=now)
    except TransferNotConnected:
        return
    if told.standing is Standing.DONE and told.amount != before:
        GameSession.objects.filter(pk=visit.session_id, ended_at=None).update(last_seen_at=now)
