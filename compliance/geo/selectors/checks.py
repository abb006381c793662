"""Where players were found."""

from __future__ import annotations

from django.db.models import QuerySet

from compliance.geo.models import LocationCheck


def location_last(*, player_id: int) -> LocationCheck | None:
    """A player's last check."""
    return LocationCheck.objects.filter(player_id=player_id).order_by("-checked_at", "-pk").first()


def locations_of_player(player_id: int) -> QuerySet[LocationCheck]:
    """A player's checks, newest first."""
    return LocationCheck.objects.filter(player_id=player_id).order_by("-pk")
