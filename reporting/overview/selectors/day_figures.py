"""Today beside the same day last week, by the hour. Finished hours are read once and remembered in Valkey for a week;
without Valkey they are read anew, and what does not fit into the time allowed is told as not counted yet."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.core.cache import cache
from redis.exceptions import RedisError

from casino.play.selectors.hours import play_between
from casino.transfers.selectors.results import transfer_results
from common.scope import Scope
from players.models import Player
from wallet.selectors.deposits import deposits_between

HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)
AT_ONCE: Final = 10_000
LATE: Final = timedelta(minutes=2)  # ids are drawn a little before their rows are committed
KEPT_SECONDS: Final = 9 * 86_400
MOMENT_SECONDS: Final = 10  # the unfinished hour is counted this often, however many people look


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted; amounts in the base currency. `players` are the numbers of those who bet."""

    bets: int = 0
    staked: Decimal = Decimal(0)
    ggr: Decimal = Decimal(0)
    deposits: Decimal = Decimal(0)
    deposit_count: int = 0
    players: frozenset[int] = field(default=frozenset())

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            bets=self.bets + other.bets,
            staked=self.staked + other.staked,
            ggr=self.ggr + other.ggr,
            deposits=self.deposits + other.deposits,
            deposit_count=self.deposit_count + other.deposit_count,
            players=self.players | other.players,
        )


Slice = tuple[int, str, bool]  # brand, jurisdiction, whether test players
Span = dict[Slice, Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """Both days by the hour from midnight UTC; None for an hour that is to come, or not counted yet (`unread`).

    `last_week_so_far` ends at the same time of day as `today`.
    """

    today: list[Span | None]
    last_week: list[Span | None]
    last_week_so_far: Span
    unread: int


def day_figures(*, now: datetime, seconds: float) -> DayFigures:
    """Read for about `seconds` at most; the next reading continues. The unfinished hour may be 10 seconds old."""
    deadline = time.monotonic() + seconds
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    starts = [midnight + HOUR * number for number in range(24)]
    finished = [start for start in starts if start < this_hour][::-1] + [start - WEEK for start in starts]
    known = _remembered(finished)
    present, present_last_week = _moment(this_hour, now)
    for start in finished:
        if start not in known and time.monotonic() < deadline:
            known[start] = read_span(start, start + HOUR)
            if start + HOUR + LATE < now:
                _remember(_key(start), known[start], KEPT_SECONDS)
    so_far = [known[start - WEEK] for start in starts if start < this_hour and start - WEEK in known]
    return DayFigures(
        today=[present if start == this_hour else known.get(start) for start in starts],
        last_week=[known.get(start - WEEK) for start in starts],
        last_week_so_far=joined([*so_far, present_last_week]),
        unread=sum(start not in known for start in finished),
    )


def _moment(this_hour: datetime, now: datetime) -> tuple[Span, Span]:
    """The unfinished hour up to now, and the same minutes a week ago."""
    key = f"{_key(this_hour)}:now"
    try:
        found = cache.get(key)
    except RedisError:
        found = None
    if found is None:
        found = (read_span(this_hour, now), read_span(this_hour - WEEK, now - WEEK))
        _remember(key, found, MOMENT_SECONDS)
    return found[0], found[1]


def read_span(start: datetime, end: datetime) -> Span:
    """What was booked in [start, end), by slice."""
    span: Span = {}
    for part in play_between(start=start, end=end):
        key = (part.brand_id, part.jurisdiction, part.is_test)
        span[key] = Figures(bets=part.bets, staked=part.staked, ggr=part.ggr, players=part.players)
    for key, base in transfer_results(start=start, end=end).items():
        before = span.get(key, Figures())
        span[key] = replace(before, ggr=before.ggr + base)
    for key, (base, count) in _deposits(start, end).items():
        span[key] = replace(span.get(key, Figures()), deposits=base, deposit_count=count)
    return span


def _deposits(start: datetime, end: datetime) -> dict[Slice, tuple[Decimal, int]]:
    """Sum and number of deposits by slice. Added up here, since the wallet does not know brands."""
    made = {one.player_id: one for one in deposits_between(start=start, end=end)}
    sums: dict[Slice, tuple[Decimal, int]] = {}
    keys = list(made)
    for low in range(0, len(keys), AT_ONCE):
        rows = Player.objects.filter(pk__in=keys[low : low + AT_ONCE])
        for player_id, brand, jurisdiction, is_test in rows.values_list("pk", "brand_id", "jurisdiction", "is_test"):
            key: Slice = (brand, jurisdiction, is_test)
            base, count = sums.get(key, (Decimal(0), 0))
            sums[key] = (base + made[player_id].base, count + made[player_id].count)
    return sums


def joined(spans: Iterable[Span]) -> Span:
    """Several spans as one."""
    whole: Span = {}
    for span in spans:
        for key, figures in span.items():
            whole[key] = whole[key] + figures if key in whole else figures
    return whole


def seen(span: Span, *, scope: Scope, is_test: bool) -> Figures:
    """The part that lies within a person's reach, of real or of test players."""
    whole = Figures()
    for (brand, jurisdiction, test), figures in span.items():
        if test == is_test and scope.admits(brand_id=brand, jurisdiction=jurisdiction):
            whole += figures
    return whole


def _key(start: datetime) -> str:
    return f"overview:hour:1:{start:%Y%m%d%H}"


def _remembered(starts: list[datetime]) -> dict[datetime, Span]:
    keys = {_key(start): start for start in starts}
    try:
        return {keys[key]: span for key, span in cache.get_many(list(keys)).items()}
    except RedisError:
        return {}  # slower, not wrong


def _remember(key: str, value: object, seconds: int) -> None:
    try:
        cache.set(key, value, seconds)
    except RedisError:
        return
