"""Play by the hour for the dashboard: each finished hour is read once and remembered."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Case, Count, DecimalField, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from redis.exceptions import RedisError

from casino.play.enums import LegKind
from casino.play.models import Leg

HOUR: Final = timedelta(hours=1)
LATE: Final = timedelta(minutes=2)  # ids are drawn a little before their rows are committed
KEPT_SECONDS: Final = 26 * 3600
_MONEY: Final = DecimalField(max_digits=60, decimal_places=18)


@dataclass(frozen=True, slots=True)
class HourOfPlay:
    """Booked calls of one hour. Amounts are in the base currency at the rate of each bet, as text-exact decimals.

    `ggr` is stakes less wins, with rollbacks taken back; jackpot wins come out of their pools and are left out.
    """

    start: datetime
    bets: int
    wins: int
    rollbacks: int
    staked: Decimal
    ggr: Decimal


def hours_of_play(*, now: datetime, hours: int, seconds: float) -> list[HourOfPlay | None]:
    """The last `hours` hours, oldest first, the present one last. None for an hour that was not reached in `seconds`:
    the next reading continues, since finished hours are remembered."""
    deadline = time.monotonic() + seconds
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    starts = [this_hour - HOUR * back for back in range(hours)]
    known = _remembered(starts[1:])
    figures: list[HourOfPlay | None] = []
    for start in starts:
        hour = known.get(start)
        if hour is None and time.monotonic() < deadline:
            hour = _read(start)
            if start + HOUR + LATE < now:
                _remember(hour)
        figures.append(hour)
    return figures[::-1]


def _read(start: datetime) -> HourOfPlay:
    low, high = (UUID(int=int(moment.timestamp() * 1000) << 80) for moment in (start, start + HOUR))
    amount = F("real") + F("bonus")
    reversed_amount = F("related__real") + F("related__bonus")
    stake = Case(
        When(kind=LegKind.BET, then=amount),
        When(kind=LegKind.ROLLBACK, related__kind=LegKind.BET, then=-reversed_amount),
        default=Value(Decimal(0)),
        output_field=_MONEY,
    )
    payout = Case(
        When(kind=LegKind.WIN, then=amount),
        When(kind=LegKind.ROLLBACK, related__kind=LegKind.WIN, then=-reversed_amount),
        default=Value(Decimal(0)),
        output_field=_MONEY,
    )
    # A rollback undoes its original at the original's rate.
    rate = Case(
        When(kind=LegKind.ROLLBACK, then=F("related__fx_rate__units_per_base")),
        default=F("fx_rate__units_per_base"),
        output_field=_MONEY,
    )
    units = Coalesce(rate, Value(Decimal(1)), output_field=_MONEY)
    found: dict[str, Any] = Leg.objects.filter(pk__gte=low, pk__lt=high).aggregate(
        bets=Count("pk", filter=Q(kind=LegKind.BET)),
        wins=Count("pk", filter=Q(kind=LegKind.WIN)),
        rollbacks=Count("pk", filter=Q(kind=LegKind.ROLLBACK)),
        staked=Sum(stake / units, output_field=_MONEY),
        paid=Sum(payout / units, output_field=_MONEY),
    )
    staked, paid = found["staked"] or Decimal(0), found["paid"] or Decimal(0)
    return HourOfPlay(start, found["bets"], found["wins"], found["rollbacks"], staked, staked - paid)


def _key(start: datetime) -> str:
    return f"play:hour:{start:%Y%m%d%H}"


def _remembered(starts: list[datetime]) -> dict[datetime, HourOfPlay]:
    try:
        found = cache.get_many([_key(start) for start in starts])
    except RedisError:
        return {}  # slower, not wrong
    return {hour.start: hour for hour in found.values()}


def _remember(hour: HourOfPlay) -> None:
    try:
        cache.set(_key(hour.start), hour, KEPT_SECONDS)
    except RedisError:
        return
