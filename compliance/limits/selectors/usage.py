"""A player's limits with how much of each is used, as they stand now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from compliance.limits.decisions import count_now, play_limits_read, usage_of
from compliance.limits.enums import OF_DEPOSITS, LimitPeriod
from compliance.limits.models import Counter, Limit
from compliance.limits.selectors.counts import count_from_ledger
from compliance.limits.selectors.rules import ceilings_of
from compliance.limits.types import Bound, Count, PlayLimits, Usage
from players.models import Player


@dataclass(frozen=True, slots=True)
class LimitsInForce:
    """Every bound of a player with its usage, the player's own, the house's and the policy's."""

    usages: tuple[Usage, ...]

    @property
    def strictest(self) -> dict[tuple[str, str], Usage]:
        """Of each kind and period the bound that decides."""
        found: dict[tuple[str, str], Usage] = {}
        for usage in self.usages:
            key = (usage.bound.kind, usage.bound.period)
            if key not in found or usage.bound.amount < found[key].bound.amount:
                found[key] = usage
        return found


def limits_in_force(*, player: Player, now: datetime) -> LimitsInForce:
    """All bounds and their usage; what no counter keeps is counted from the ledger."""
    bounds = bounds_of(player=player, now=now)
    limits = PlayLimits(
        zone=player.time_zone,
        bounds=bounds,
        counts=counts_of(player=player, periods={bound.period for bound in bounds}, now=now),
        signed_in=signed_in(player, now),
    )
    return LimitsInForce(tuple(usage_of(bound, limits, now) for bound in bounds))


def bounds_of(*, player: Player, now: datetime, kinds: Iterable[str] | None = None) -> tuple[Bound, ...]:
    """The bounds in force of some kinds, or of all, stored ones first."""
    rows = Limit.objects.filter(player=player, ended_at=None).order_by("kind", "period", "owner")
    stored = [Bound(row.pk, row.owner, row.kind, row.period, row.amount) for row in rows]
    wanted = None if kinds is None else {str(kind) for kind in kinds}
    every = (*stored, *ceilings_of(player, now))
    return tuple(bound for bound in every if wanted is None or bound.kind in wanted)


def deposit_limits(*, player: Player, now: datetime) -> PlayLimits:
    """The bounds of deposits, with counts; under `limits_lock` they are exact."""
    bounds = bounds_of(player=player, now=now, kinds=OF_DEPOSITS)
    counts = counts_of(player=player, periods={bound.period for bound in bounds}, now=now)
    return PlayLimits(zone=player.time_zone, bounds=bounds, counts=counts)


def counts_of(*, player: Player, periods: Iterable[str], now: datetime) -> dict[str, Count]:
    """The running counts of some periods."""
    kept = {
        row.period: Count(
            row.period, row.starts_at, row.ends_at, row.wagered, row.staked, row.won, row.deposited, row.withdrawn
        )
        for row in Counter.objects.filter(player=player)
    }
    return {
        period: count_now(kept[period], period, now, player.time_zone)
        if period in kept
        else count_from_ledger(player=player, period=period, now=now)
        for period in periods
        if period != LimitPeriod.NONE
    }


def signed_in(player: Player, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """When the player was signed in, as far as a limit of time asks; overlapping sign-ins are one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT limits_of_bet(%s, %s)", [player.pk, now])
        (text,) = cursor.fetchone() or (None,)
    found = play_limits_read(text)
    return found.signed_in if found is not None else ()


def never_reached(usages: Iterable[Usage]) -> tuple[tuple[Usage, Usage], ...]:
    """Pairs of bounds of one kind of which the first never decides, because a longer period allows no more."""
    places = {period: place for place, period in enumerate((LimitPeriod.DAY, LimitPeriod.WEEK, LimitPeriod.MONTH))}
    timed = [usage for usage in usages if usage.bound.period]
    return tuple(
        (short, long)
        for short in timed
        for long in timed
        if short.bound.kind == long.bound.kind
        and places[LimitPeriod(short.bound.period)] < places[LimitPeriod(long.bound.period)]
        and short.bound.amount > long.bound.amount
    )
