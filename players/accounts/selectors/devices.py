"""Devices read: those of a player, and whom else a device brought."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from players.accounts.models import Device
from players.personal.vault import device_index


def devices_of(player_id: int) -> QuerySet[Device]:
    """A player's devices, the last seen first."""
    return Device.objects.filter(player_id=player_id).order_by("-last_seen_at")


def players_of_device(*, device_id: str, brand_ids: Collection[int]) -> list[int]:
    """Players of the brands who came by this device, at most 50."""
    rows = Device.objects.filter(device_index=device_index(device_id), player__brand_id__in=brand_ids)
    return list(rows.order_by("player_id").values_list("player_id", flat=True)[:50])
