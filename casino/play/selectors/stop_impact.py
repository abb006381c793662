"""What stopping play would hit right now: players in the game, rounds that run, and the share of the day's stakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import DecimalField, F, Q, Sum, Value
from django.db.models.functions import Coalesce

from casino.games.enums import StopScope
from casino.play.enums import LegKind, RoundState
from casino.play.models import GameSession, Leg, Round

COUNT_UP_TO: Final = 10_000
BETS_READ: Final = 100_000
DAY: Final = timedelta(hours=24)
_MONEY: Final = DecimalField(max_digits=60, decimal_places=18)


@dataclass(frozen=True, slots=True)
class StopImpact:
    """Counts end at `COUNT_UP_TO`. `share` is a part of 1 of the last day's stakes, None when nobody has bet.

    `whole_day` is false when only the newest `BETS_READ` bets of the day were read.
    """

    players: int
    open_rounds: int
    share: Decimal | None
    whole_day: bool


def stop_impact(*, scope: StopScope, target_id: int | None, now: datetime) -> StopImpact:
    """What a stop of this target would hit at `now`. Bounded reads only."""
    hit = Q() if scope is StopScope.ALL else Q(**{f"{scope.value}_id": target_id})
    alive = GameSession.objects.filter(hit, ended_at__isnull=True, last_seen_at__gt=now - settings.SESSION_IDLE)
    running = Round.objects.filter(hit, state=RoundState.OPEN)
    share, whole = _share(hit, now)
    return StopImpact(
        players=alive.order_by().values("player_id").distinct()[:COUNT_UP_TO].count(),
        open_rounds=running[:COUNT_UP_TO].count(),
        share=share,
        whole_day=whole,
    )


def _share(hit: Q, now: datetime) -> tuple[Decimal | None, bool]:
    floor = UUID(int=int((now - DAY).timestamp() * 1000) << 80)
    newest = Leg.objects.filter(pk__gte=floor).order_by("-pk")
    oldest_read: UUID | None = newest.values_list("pk", flat=True)[BETS_READ - 1 : BETS_READ].first()
    units = Coalesce(F("fx_rate__units_per_base"), Value(Decimal(1)), output_field=_MONEY)
    bets = Leg.objects.filter(pk__gte=oldest_read or floor, kind=LegKind.BET)
    found: dict[str, Any] = bets.annotate(stake=(F("real") + F("bonus")) / units).aggregate(
        all=Sum("stake", output_field=_MONEY), hit=Sum("stake", filter=hit, output_field=_MONEY)
    )
    if not found["all"]:
        return None, oldest_read is None
    return (found["hit"] or Decimal(0)) / found["all"], oldest_read is None
