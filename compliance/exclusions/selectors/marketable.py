"""Players whom marketing may reach."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from compliance.exclusions.selectors.standing import without_excluded
from compliance.models import Restriction
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.register.models import RegisterStanding
from players.enums import PlayerStatus
from players.models import Player


def marketable(players: QuerySet[Player], *, now: datetime) -> QuerySet[Player]:
    """Those of the players who may be written to now."""
    return _in_peace(players, now).filter(~_register_silent(players, now))


def unasked(players: QuerySet[Player], *, now: datetime) -> QuerySet[Player]:
    """Those who are left out only because their register was not asked, or did not answer, within a day."""
    return _in_peace(players, now).filter(_register_silent(players, now))


def _in_peace(players: QuerySet[Player], now: datetime) -> QuerySet[Player]:
    live = Restriction.objects.filter(player_id=OuterRef("pk"), starts_at__lte=now)
    live = live.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    return without_excluded(players, now=now).filter(~Exists(live), status=PlayerStatus.ACTIVE)


def _register_silent(players: QuerySet[Player], now: datetime) -> Q:
    """Of a jurisdiction that asks before marketing, without a clear answer that still holds."""
    asking = [
        jurisdiction
        for jurisdiction in players.order_by().values_list("jurisdiction", flat=True).distinct()
        if "marketing" in (policy_of(jurisdiction=jurisdiction, now=now).table(PolicyKey.EXCLUSION_REGISTER) or {}).get(
            "check_at", ()
        )
    ]  # fmt: skip
    clear = RegisterStanding.objects.filter(player_id=OuterRef("pk"), clear=True, valid_until__gt=now)
    return Q(jurisdiction__in=asking) & ~Q(Exists(clear))
