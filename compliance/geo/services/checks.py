"""Looking where a player plays from: before the first game, on another address, and every so many minutes (G-30)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.geo.databases import border_of, locate
from compliance.geo.decisions import location_decide
from compliance.geo.enums import LocationOutcome
from compliance.geo.models import LocationCheck
from compliance.geo.selectors.checks import location_last
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player


@transaction.atomic
def location_seen(*, player_id: int, ip: str, actor: str, now: datetime) -> LocationCheck | None:
    """The player comes from this address now: look again where it changed or the last look is too old.

    None where the jurisdiction asks for no location. A check that does not allow play is on the trail (G-30).
    """
    player = Player.objects.get(pk=player_id)
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    if not policy.flag(PolicyKey.LOCATION_REQUIRED):
        return None
    every = policy.minutes(PolicyKey.LOCATION_CHECK_MINUTES)
    last = location_last(player_id=player_id)
    if last is not None and last.ip == ip and every is not None and now - last.checked_at < every:
        return last
    block_vpn = policy.flag(PolicyKey.LOCATION_BLOCK_VPN)
    located = locate(ip, with_vpn=block_vpn)
    outcome = location_decide(located=located, border=border_of(player.jurisdiction), block_vpn=block_vpn)
    check = LocationCheck.objects.create(
        player_id=player_id,
        ip=ip,
        outcome=outcome,
        allowed=outcome is LocationOutcome.INSIDE,
        country=located.country if located else "",
        region=located.region if located else "",
        city=located.city if located else "",
        radius_km=located.radius_km if located else None,
        jurisdiction=player.jurisdiction,
        database_build=located.build if located else 0,
        policy_row_id=policy.row_id(PolicyKey.LOCATION_REQUIRED),
        checked_at=now,
    )
    if not check.allowed:
        _told(check, player, actor, now)
    return check


def _told(check: LocationCheck, player: Player, actor: str, now: datetime) -> None:
    audit_record(
        name=EventName.LOCATION_REFUSED,
        actor=actor,
        now=now,
        subject=f"geo.locationcheck:{check.pk}",
        reason=check.get_outcome_display(),
        brand_id=player.brand_id,
        player_id=player.pk,
        after={"country": check.country, "region": check.region, "radius_km": check.radius_km},
        outcome=Outcome.REFUSED,
    )
