"""In which time zone a country's people read their days where they say nothing else, by the tzdata package's table."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import available_timezones

UTC_ZONE: Final = "UTC"
# Countries with several zones: the one in which most people live. The table's own first line is no such choice.
MOST_PEOPLE: Final = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CY": "Asia/Nicosia",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Pohnpei",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
}


def zone_of_country(country: str) -> str:
    """The IANA zone of an ISO 3166-1 alpha-2 code; "UTC" for a code that the table does not know."""
    return MOST_PEOPLE.get(country) or _first_zones().get(country, UTC_ZONE)


@cache
def _first_zones() -> dict[str, str]:
    known = available_timezones()
    zones: dict[str, str] = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _place, zone, *_rest = line.split("\t")
            if zone in known:  # a table newer than the zones
                zones.setdefault(country, zone)
    return zones
