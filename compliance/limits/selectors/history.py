"""What a player's limits were, what was asked for, and what waits."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from compliance.limits.enums import ChangeState
from compliance.limits.models import Limit, LimitChange, LimitReview


def limits_of_player(player_id: int) -> QuerySet[Limit]:
    """Every limit that was ever in force, the house's included, newest first."""
    return Limit.objects.filter(player_id=player_id).select_related("change").order_by("-pk")


def changes_of_player(player_id: int) -> QuerySet[LimitChange]:
    """Every request for a looser limit, newest first."""
    return LimitChange.objects.filter(player_id=player_id).select_related("limit").order_by("-pk")


def changes_waiting(player_id: int) -> dict[int, LimitChange]:
    """Requests that wait, by the limit that they would loosen."""
    rows = LimitChange.objects.filter(player_id=player_id, state=ChangeState.WAITING)
    return {change.limit_id: change for change in rows}


def review_due_since(player_id: int) -> datetime | None:
    """Since when the player is asked to look at the limits; None: nothing is asked."""
    rows = LimitReview.objects.filter(player_id=player_id, reviewed_at=None)
    return rows.values_list("reminded_at", flat=True).first()
