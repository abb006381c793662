"""Devices by which players come: known by a digest of an id that the device keeps."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Final

from players.accounts.models import Device
from players.models import Player
from players.personal.vault import device_index

WELL_FORMED: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def device_id_of(given: str) -> str:
    """The id that a device told, or a new one for it to keep."""
    return given if WELL_FORMED.fullmatch(given) else secrets.token_urlsafe(24)


def device_kind(user_agent: str) -> str:
    """Browser and system in words; what says neither is "unknown device"."""
    found = [next((name for sign, name in pairs if sign in user_agent), "") for pairs in (BROWSERS, SYSTEMS)]
    return " on ".join(part for part in found if part) or "unknown device"


def device_seen(
    *, player: Player, device_id: str, user_agent: str, ip: str | None, now: datetime
) -> tuple[Device, bool]:
    """The player's device, recorded as seen now; and whether it is new for them."""
    return Device.objects.update_or_create(
        player=player, device_index=device_index(device_id),
        defaults={"kind": device_kind(user_agent), "last_seen_at": now, "last_ip": ip},
        create_defaults={
            "kind": device_kind(user_agent), "first_seen_at": now, "last_seen_at": now, "last_ip": ip,
        },
    )  # fmt: skip
