"""May this stake or deposit be taken under the limits, and what is then counted. Pure.

For whoever moves money (casino.play, the cashier), in the money's own transaction and under the wallet's lock:

1. **Load.** Only when the gate's standing says that limits bear on bets (SQL `limits_bear_on_bets(player_id)`):
   SQL `limits_of_bet(player_id, now) RETURNS text`, after the wallet's lock was taken, in a later statement, so that it
   sees what was counted meanwhile. NULL: no limit bears on bets. `play_limits_read(text)` makes `PlayLimits` of it.
   Wins and rollbacks load the same, because they count too.
2. **Decide.** `bet_check(...)` returns the limit that refuses, or None. Wins and rollbacks are never refused.
3. **Count.** `bet_count`, `win_count` or `rollback_count` returns the text for SQL `limits_count(player_id, text)`, or
   None where nothing counts. It is called in the transaction that books the money, before or after it.

A refusal's evidence is `Reached.evidence`. Amounts are in the player's currency; time is in minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final

from common.money import ZERO, decimal_text
from compliance.limits.enums import LimitKind
from compliance.limits.periods import period_span
from compliance.limits.types import Bound, Count, PlayLimits, Reached, Usage

HUNDRED: Final = Decimal(100)
TENTH: Final = Decimal("0.1")


def play_limits_read(text: str | None) -> PlayLimits | None:
    """What SQL `limits_of_bet` returned; None: no limit bears on bets."""
    if text is None:
        return None
    told = json.loads(text)
    counts = (
        Count(
            period, datetime.fromisoformat(start), datetime.fromisoformat(end),
            Decimal(wagered), Decimal(staked), Decimal(won),
        )
        for period, start, end, wagered, staked, won in told["counts"]
    )  # fmt: skip
    return PlayLimits(
        zone=told["zone"],
        bounds=tuple(Bound(id_, owner, kind, period, Decimal(a)) for id_, owner, kind, period, a in told["bounds"]),
        counts={count.period: count for count in counts},
        signed_in=tuple(
            (datetime.fromisoformat(since), datetime.fromisoformat(until)) for since, until in told["signed_in"]
        ),
    )


def count_now(count: Count | None, period: str, now: datetime, zone: str) -> Count:
    """The count of the period that runs at `now`: the one given while it lasts, else an empty one."""
    if count is not None and now < count.ends_at:
        return count
    span = period_span(period, now, zone)
    return Count(period, span.starts_at, span.ends_at)


def minutes_signed_in(spans: Iterable[tuple[datetime, datetime]], since: datetime, now: datetime) -> Decimal:
    """Minutes between `since` and `now` within any of the spans, which do not overlap."""
    parts = (max(min(end, now) - max(start, since), timedelta()) for start, end in spans)
    return Decimal(int(sum(parts, timedelta()).total_seconds())) / 60


def used_of(bound: Bound, count: Count | None, minutes: Decimal = ZERO) -> Decimal:
    """What stands against a bound before anything new: below zero where a player won more than he staked."""
    if count is None:
        return ZERO
    match bound.kind:
        case LimitKind.WAGER:
            return count.wagered
        case LimitKind.LOSS:
            return count.staked - count.won
        case LimitKind.DEPOSIT:
            return count.deposited
        case LimitKind.NET_DEPOSIT:
            return count.deposited - count.withdrawn
        case LimitKind.SESSION_TIME:
            return minutes
    return ZERO


def usage_of(bound: Bound, limits: PlayLimits, now: datetime) -> Usage:
    """How much of a bound is used at `now`."""
    if not bound.period:
        return Usage(bound, ZERO, ZERO, None)
    count = count_now(limits.counts.get(bound.period), bound.period, now, limits.zone)
    minutes = minutes_signed_in(limits.signed_in, count.starts_at, now)
    return _usage(bound, used_of(bound, count, minutes), count.ends_at)


def bet_check(*, stake: Decimal, real: Decimal, limits: PlayLimits, now: datetime) -> Reached | None:
    """The limit that refuses a stake (>= 0), or None; of several the one that leaves least.

    `real` is the part of the stake that is real money: only that can be lost (compliance.md §2.8 rule 3:
    refused when net loss + stake > cap). A stake of zero costs nothing and is refused for time alone.
    """
    refusing = []
    for bound in limits.bounds:
        if bound.kind == LimitKind.STAKE:
            if stake > bound.amount:
                refusing.append(_usage(bound, stake, None))
            continue
        usage = usage_of(bound, limits, now)
        if bound.kind == LimitKind.SESSION_TIME:
            over = usage.used >= bound.amount
        else:
            count = count_now(limits.counts.get(bound.period), bound.period, now, limits.zone)
            more = real if bound.kind == LimitKind.LOSS else stake
            over = more > ZERO and used_of(bound, count) + more > bound.amount
        if over:
            refusing.append(usage)
    return Reached(min(refusing, key=lambda usage: usage.left)) if refusing else None


def deposit_check(*, amount: Decimal, limits: PlayLimits, now: datetime) -> Reached | None:
    """The limit that refuses a deposit (> 0), or None; of several the one that leaves least."""
    refusing = []
    for bound in limits.bounds:
        count = count_now(limits.counts.get(bound.period), bound.period, now, limits.zone)
        if used_of(bound, count) + amount > bound.amount:
            refusing.append(usage_of(bound, limits, now))
    return Reached(min(refusing, key=lambda usage: usage.left)) if refusing else None


def bet_count(*, stake: Decimal, real: Decimal, limits: PlayLimits, now: datetime) -> str | None:
    """What a booked stake adds, for SQL `limits_count`; None: nothing counts."""
    return _moved(limits, now, wagered=stake, staked=real)


def win_count(*, real: Decimal, limits: PlayLimits, now: datetime) -> str | None:
    """What a booked win of real money adds. A win lowers the net loss of the period in which it comes."""
    return _moved(limits, now, won=real)


def rollback_count(
    *, stake: Decimal = ZERO, real: Decimal = ZERO, won: Decimal = ZERO, booked_at: datetime, limits: PlayLimits,
    now: datetime,
) -> str | None:  # fmt: skip
    """What a rollback takes away again: of the bet's stake and its real part, or of a win.

    Only in the periods in which the original, booked at `booked_at`, was counted: undoing last month's stake gives
    no room in this one.
    """
    return _moved(limits, now, since=booked_at, wagered=-stake, staked=-real, won=-won)


def _moved(limits: PlayLimits, now: datetime, *, since: datetime | None = None, **moved: Decimal) -> str | None:
    if not any(moved.values()):
        return None
    rows = []
    for count in limits.counts.values():
        running = count_now(count, count.period, now, limits.zone)
        if since is not None and since < running.starts_at:
            continue
        row = {"period": running.period, "starts_at": running.starts_at.isoformat()}
        row["ends_at"] = running.ends_at.isoformat()
        rows.append(row | {name: decimal_text(amount) for name, amount in moved.items()})
    return json.dumps(rows, separators=(",", ":")) if rows else None


def _usage(bound: Bound, used: Decimal, until: datetime | None) -> Usage:
    shown = max(used, ZERO)
    percent = HUNDRED if bound.amount == ZERO else shown * HUNDRED / bound.amount
    return Usage(bound, shown, percent.quantize(TENTH, ROUND_DOWN), until)
