"""Where an address is, as far as it is known. No framework here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What the databases say of an address: somewhere within `radius_km` of the point. None: not known."""

    country: str = ""
    region: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_km: int | None = None
    vpn: bool = False
    hosting: bool = False
    build: int = 0
