"""Whether a player may play from where an address was found. Pure."""

from __future__ import annotations

from compliance.geo.borders import Border, circle_inside
from compliance.geo.enums import LocationOutcome
from compliance.geo.types import Located


def location_decide(*, located: Located | None, border: Border | None, block_vpn: bool) -> LocationOutcome:
    """INSIDE only when all of the circle of confidence is (G-31); whatever is not known is UNKNOWN, never inside."""
    if located is None:
        return LocationOutcome.UNKNOWN
    if block_vpn and located.vpn:
        return LocationOutcome.VPN
    if block_vpn and located.hosting:
        return LocationOutcome.HOSTING
    if located.latitude is None or located.longitude is None or located.radius_km is None or border is None:
        return LocationOutcome.UNKNOWN
    if located.country != border.country or (border.region and located.region != border.region):
        return LocationOutcome.OUTSIDE
    inside = circle_inside(
        latitude=located.latitude, longitude=located.longitude, radius_km=located.radius_km, border=border
    )
    return LocationOutcome.INSIDE if inside else LocationOutcome.CROSSES
