"""What the clock shows where a player lives, as far as the country tells."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def local_time_text(country: str, now: datetime) -> str:
    """ "16:05", or "13:05 to 18:05, by region" for a country with several zones; empty for an unknown country."""
    offsets = sorted({now.astimezone(zone).replace(tzinfo=None) for zone in _zones(country)})
    if not offsets:
        return ""
    if len(offsets) == 1:
        return f"{offsets[0]:%H:%M}"
    return f"{offsets[0]:%H:%M} to {offsets[-1]:%H:%M}, by region"


@cache
def _zones(country: str) -> tuple[ZoneInfo, ...]:
    found = []
    for name in _zones_by_country().get(country, ()):
        try:
            found.append(ZoneInfo(name))
        except ZoneInfoNotFoundError:  # a table newer than the zones
            continue
    return tuple(found)


@cache
def _zones_by_country() -> dict[str, list[str]]:
    """The table of the time zone database, as the tzdata package carries it: country, place, zone."""
    zones: dict[str, list[str]] = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _place, zone, *_rest = line.split("\t")
            zones.setdefault(country, []).append(zone)
    return zones
