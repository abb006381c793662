"""Visits and legs read: what is out, what is under way, what is due to be asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from casino.transfers.enums import LegState, VisitState
from casino.transfers.models import TransferCall, TransferLeg, TransferVisit
from casino.transfers.states import OPEN_LEGS, OPEN_VISITS

# Longer than any call may take: whoever held the leg is gone by then.
PATIENCE: Final = timedelta(seconds=30)


def visit_open_of(player_id: int) -> TransferVisit | None:
    """The player's money that is out now, if any."""
    rows = TransferVisit.objects.select_related("provider", "game", "session", "player")
    return rows.filter(player_id=player_id, state__in=OPEN_VISITS).first()


def visits_of_player(player_id: int) -> QuerySet[TransferVisit]:
    """All of a player's visits, newest first."""
    return TransferVisit.objects.select_related("provider", "game").filter(player_id=player_id).order_by("-pk")


def legs_due(now: datetime) -> QuerySet[TransferLeg]:
    """Legs that nobody works at any more, and unknown ones whose time to ask has come; oldest first."""
    left = Q(state=LegState.PLANNED, planned_at__lte=now - PATIENCE) | Q(
        state=LegState.SENT, sent_at__lte=now - PATIENCE
    )
    return TransferLeg.objects.filter(left | Q(state=LegState.UNKNOWN, ask_next_at__lte=now)).order_by("planned_at")


def visits_without_leg(now: datetime) -> QuerySet[TransferVisit]:
    """Visits on their way back whose last leg failed a while ago: they need another."""
    rows = TransferVisit.objects.filter(state=VisitState.RETURNING, checked_at__lte=now - PATIENCE)
    return rows.exclude(legs__state__in=OPEN_LEGS).order_by("checked_at")


def visits_to_check(now: datetime, every: timedelta) -> QuerySet[TransferVisit]:
    """Money that is out and was not looked at for `every`, the longest unseen first."""
    rows = TransferVisit.objects.filter(state__in=(VisitState.OPENING, VisitState.AT_PROVIDER))
    return rows.filter(checked_at__lte=now - every).order_by("checked_at")


def legs_of(visit_id: int) -> QuerySet[TransferLeg]:
    """A visit's movements in their order."""
    return TransferLeg.objects.filter(visit_id=visit_id).order_by("number")


def calls_of(visit_id: int) -> QuerySet[TransferCall]:
    """A visit's calls, newest first."""
    return TransferCall.objects.filter(visit_id=visit_id).select_related("leg").order_by("-pk")


def visits_open() -> QuerySet[TransferVisit]:
    """All money that is out, the oldest first."""
    return TransferVisit.objects.filter(state__in=OPEN_VISITS).order_by("opened_at")
