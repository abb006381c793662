"""MaxMind's databases: opened once, opened anew when the file was replaced, absent as "not known"."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import maxminddb
from django.conf import settings

from compliance.geo.borders import Border, borders_read
from compliance.geo.types import Located

log = logging.getLogger(__name__)
_open: Final[dict[str, tuple[float, maxminddb.Reader]]] = {}
_borders: Final[dict[str, tuple[float, dict[str, Border]]]] = {}
PROXIES: Final = ("is_anonymous", "is_anonymous_vpn", "is_public_proxy", "is_residential_proxy", "is_tor_exit_node")


def locate(ip: str, *, with_vpn: bool) -> Located | None:
    """Where an address is; None when a database is not there, damaged, or does not know it.

    `with_vpn` needs the second database: without it nobody knows that the address is no VPN's.
    """
    city = _reader(settings.LOCATION_CITY_DATABASE)
    anonymous = _reader(settings.LOCATION_ANONYMOUS_DATABASE)
    if city is None or (with_vpn and anonymous is None):
        return None
    found = _record(city, ip)
    hidden = _record(anonymous, ip) if anonymous is not None else None
    if found is None and hidden is None:
        return None
    place, flags = found or {}, hidden or {}
    where = place.get("location", {})
    regions = place.get("subdivisions", [])
    return Located(
        country=place.get("country", {}).get("iso_code", ""),
        region=regions[0].get("iso_code", "") if regions else "",
        city=place.get("city", {}).get("names", {}).get("en", "")[:100],
        latitude=where.get("latitude"),
        longitude=where.get("longitude"),
        radius_km=where.get("accuracy_radius"),
        vpn=any(bool(flags.get(name)) for name in PROXIES),
        hosting=bool(flags.get("is_hosting_provider")),
        build=int(city.metadata().build_epoch),
    )


def border_of(jurisdiction: str) -> Border | None:
    """The border of a jurisdiction, or None."""
    path = Path(settings.LOCATION_BORDERS)
    stamp = path.stat().st_mtime
    known = _borders.get(str(path))
    if known is None or known[0] != stamp:
        known = _borders[str(path)] = (stamp, borders_read(path))
    return known[1].get(jurisdiction)


def _reader(path: str) -> maxminddb.Reader | None:
    try:
        stamp = Path(path).stat().st_mtime if path else 0.0
        if not stamp:
            return None
        known = _open.get(path)
        if known is None or known[0] != stamp:
            known = _open[path] = (stamp, maxminddb.open_database(path, maxminddb.MODE_MMAP))
    except (OSError, maxminddb.InvalidDatabaseError) as problem:
        log.error("location database %s: %s", path, problem)
        return None
    return known[1]


def _record(reader: maxminddb.Reader, ip: str) -> Mapping[str, Any] | None:
    try:
        record = reader.get(ip)
    except (ValueError, maxminddb.InvalidDatabaseError) as problem:
        log.error("no location of an address: %s", problem)
        return None
    return record if isinstance(record, dict) else None
