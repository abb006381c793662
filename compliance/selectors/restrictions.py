"""Restrictions as the back office reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from compliance.models import Restriction


@dataclass(frozen=True, slots=True)
class RestrictionState:
    """A restriction's state in one word, with the colour of its label."""

    title: str
    variant: str


def restriction_state(restriction: Restriction, *, now: datetime) -> RestrictionState:
    """In force, to come, or past."""
    if restriction.starts_at > now:
        return RestrictionState("To come", "info")
    if restriction.ends_at is not None and restriction.ends_at <= now:
        return RestrictionState("Past", "")
    return RestrictionState("In force", "danger")


def restrictions_of_player(player_id: int) -> QuerySet[Restriction]:
    """A player's restrictions, newest first."""
    return Restriction.objects.filter(player_id=player_id).order_by("-pk")
