"""Players whom marketing may reach: in bulk what the gate says of each (compliance.gate, Touchpoint.MARKETING)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from compliance.exclusions.selectors.standing import without_excluded
from compliance.gate.enums import CLOSED_BY, Touchpoint
from compliance.gate.models import Flag
from compliance.models import Restriction
from compliance.register.models import RegisterStanding
from compliance.register.selectors.standing import register_required
from players.enums import PlayerStatus
from players.models import Player

CLOSING: Final = sorted(kind.value for kind, closed in CLOSED_BY.items() if Touchpoint.MARKETING in closed)


def marketable(players: QuerySet[Player], *, now: datetime) -> QuerySet[Player]:
    """Those of the players who may be written to now. Their consents are another matter (players.accounts)."""
    return _in_peace(players, now).exclude(_register_silent(players, now))


def unasked(players: QuerySet[Player], *, now: datetime) -> QuerySet[Player]:
    """Those who are left out only because their register was not asked, or did not answer, within a day."""
    return _in_peace(players, now).filter(_register_silent(players, now))


def _in_peace(players: QuerySet[Player], now: datetime) -> QuerySet[Player]:
    restricted = _live(Restriction.objects.all(), now)
    flagged = _live(Flag.objects.filter(kind__in=CLOSING), now)
    open_ones = without_excluded(players, now=now).filter(status=PlayerStatus.ACTIVE, brand__enabled=True)
    return open_ones.filter(~Exists(restricted), ~Exists(flagged))


def _live(rows: QuerySet[Model], now: datetime) -> QuerySet[Model]:
    mine = rows.filter(player_id=OuterRef("pk"), starts_at__lte=now)
    return mine.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))


def _register_silent(players: QuerySet[Player], now: datetime) -> Q:
    """Of a jurisdiction that asks a register, without a clear answer that still holds."""
    jurisdictions = players.order_by().values_list("jurisdiction", flat=True).distinct()
    asking = [one for one in jurisdictions if register_required(jurisdiction=one, now=now)]
    clear = RegisterStanding.objects.filter(player_id=OuterRef("pk"), clear=True, valid_until__gt=now)
    return Q(~Exists(clear), jurisdiction__in=asking, is_test=False)
