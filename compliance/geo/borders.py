"""Borders as polygons, and whether a whole circle lies inside one (G-31). Pure.

The earth is taken as flat around the point: over the few hundred kilometres of a circle that errs by less than the
borders' own drawing, which keeps to the inner side (compliance/geo/data/README.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path
from typing import Final

KM_PER_DEGREE: Final = 111.19
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Border:
    """A jurisdiction's ground: its country, its region where it is a part of one, its polygons as (lon, lat)."""

    country: str
    region: str
    polygons: tuple[tuple[Point, ...], ...]


def borders_read(path: Path) -> dict[str, Border]:
    """The borders of a file, by jurisdiction."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        jurisdiction: Border(
            country=line["country"],
            region=line.get("region", ""),
            polygons=tuple(tuple((float(lon), float(lat)) for lon, lat in ring) for ring in line["polygons"]),
        )
        for jurisdiction, line in told.items()
    }


def circle_inside(*, latitude: float, longitude: float, radius_km: float, border: Border) -> bool:
    """Whether every point within `radius_km` of the place lies inside one of the border's polygons."""
    across = KM_PER_DEGREE * cos(radians(latitude))
    for ring in border.polygons:
        around = [((lon - longitude) * across, (lat - latitude) * KM_PER_DEGREE) for lon, lat in ring]
        if _holds_origin(around) and _nearest(around) >= radius_km:
            return True
    return False


def _edges(ring: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def _holds_origin(ring: Sequence[Point]) -> bool:
    """Whether the origin is inside: a ray to the east crosses the edges an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in _edges(ring):
        if (y1 > 0) != (y2 > 0) and x1 + (x2 - x1) * -y1 / (y2 - y1) > 0:
            inside = not inside
    return inside


def _nearest(ring: Sequence[Point]) -> float:
    """The distance from the origin to the nearest edge, in kilometres."""
    nearest = float("inf")
    for (x1, y1), (x2, y2) in _edges(ring):
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        along = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length))
        nearest = min(nearest, hypot(x1 + along * dx, y1 + along * dy))
    return nearest
