"""Watching the books for significant events, off the path of every bet (compliance.md §1.5, G-50 to G-67).

A watcher reads what was committed since it last looked, in commit-safe order, and writes events and its place in one
transaction: each is found once, however often it runs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from common.money import ZERO
from compliance.audit.enums import Outcome, ThresholdKind
from compliance.audit.models import AuditEvent, PlayOfDay, Watch
from compliance.audit.names import EventName
from compliance.audit.selectors.outside import changes_outside
from compliance.audit.selectors.thresholds import thresholds_at
from compliance.audit.services.events import audit_record
from players.models import Player
from wallet.sealing.kinds import sealed_kinds
from wallet.selectors.play_money import PlayerMoney, owing_since_between, played_between
from wallet.selectors.seals import boundary_after, settled_horizon

ACTOR: Final = "system:watch_significant"
BOOKS: Final = "significant"
ROWS_AT_ONCE: Final = 50_000
# The schedule runs it every minute: one that comes later than this was stopped, or the database was.
MISSED: Final = timedelta(minutes=10)
DAYS_KEPT: Final = timedelta(days=7)
BURST: Final = timedelta(minutes=10)
_STAKES: Final = ("bet",)
_REFUSED: Final = (EventName.SIGN_IN_REFUSED.value, EventName.FACTOR_REFUSED.value)


@dataclass(slots=True)
class Found:
    """What one look found: events written, and whether more waits."""

    events: int = 0
    more: bool = False


@dataclass(slots=True)
class _Day:
    """What a player staked and won on a day, in the base currency."""

    staked: Decimal = field(default=ZERO)
    won: Decimal = field(default=ZERO)


@transaction.atomic
def significant_events_watch(*, now: datetime) -> Found:
    """Look at the next stretch of the books, at most ROWS_AT_ONCE rows. The first run begins where the books stand."""
    horizon = settled_horizon()
    watch, first = Watch.objects.select_for_update().get_or_create(
        name=BOOKS, defaults={"through_order": horizon, "ran_at": now}
    )
    found = Found()
    if first:
        return found
    if now - watch.ran_at > MISSED:
        found.events += _missed(watch.ran_at, now)
    high = boundary_after(watch.through_order, horizon, sealed_kinds(), limit=ROWS_AT_ONCE)
    if high is not None and high > watch.through_order:
        found.events += _played(watch.through_order, high, now)
        found.events += _owing(watch.through_order, high)
        found.events += _outside(watch.through_order, high)
        found.more = high < horizon
        watch.through_order = high
    found.events += _sign_in_bursts(now)
    PlayOfDay.objects.filter(day__lt=(now - DAYS_KEPT).date()).delete()
    watch.ran_at = now
    watch.save(update_fields=["through_order", "ran_at"])
    return found


def _played(low: int, high: int, now: datetime) -> int:
    limits = thresholds_at(now)
    days: dict[tuple[int, date], _Day] = defaultdict(_Day)
    large: list[PlayerMoney] = []
    for item in played_between(low, high):
        day = days[item.player_id, item.booked_at.date()]
        stake = item.kind in _STAKES
        if stake:
            day.staked += item.base
        else:
            day.won += item.base
        limit = limits.get(ThresholdKind.LARGE_WAGER if stake else ThresholdKind.LARGE_WIN)
        if limit is not None and item.base >= limit:
            large.append(item)
    real = _real_players({player for player, _day in days})
    for item in (item for item in large if item.player_id in real):
        name = EventName.LARGE_WAGER if item.kind in _STAKES else EventName.LARGE_WIN
        _record(name, item, real[item.player_id])
    events = sum(item.player_id in real for item in large)
    for (player, on), more in sorted(days.items()):
        if player in real:
            events += _day_grows(player, real[player], on, more, limits, now)
    return events


def _day_grows(
    player: int, brand: int, on: date, more: _Day, limits: dict[ThresholdKind, Decimal], now: datetime
) -> int:
    """Add to a player's day, and record each limit that it passes by this."""
    row, _made = PlayOfDay.objects.select_for_update().get_or_create(player_id=player, day=on)
    passed = 0
    for kind, name, before, grown in (
        (ThresholdKind.WAGERS_OF_DAY, EventName.LARGE_WAGERS, row.staked, row.staked + more.staked),
        (ThresholdKind.WINS_OF_DAY, EventName.LARGE_WINS, row.won, row.won + more.won),
    ):
        limit = limits.get(kind)
        if limit is not None and before < limit <= grown:
            passed += 1
            audit_record(
                name=name, actor=ACTOR, now=now, subject=f"players.player:{player}", player_id=player, brand_id=brand,
                after={"day": on, "base_amount": grown, "threshold": limit},
            )  # fmt: skip
    row.staked, row.won = row.staked + more.staked, row.won + more.won
    row.save(update_fields=["staked", "won"])
    return passed


def _owing(low: int, high: int) -> int:
    items = list(owing_since_between(low, high))
    real = _real_players({item.player_id for item in items})
    for item in (item for item in items if item.player_id in real):
        _record(EventName.NEGATIVE_BALANCE, item, real[item.player_id])
    return sum(item.player_id in real for item in items)


def _outside(low: int, high: int) -> int:
    """Rows of people, settings and rights that changed without an event in their transaction: not by our services."""
    events = 0
    for change in changes_outside(low, high):
        name = EventName.JACKPOT_CHANGED if change.row.startswith("jackpots.") else EventName.ROW_CHANGED_OUTSIDE
        audit_record(
            name=name, actor=ACTOR, now=change.at, subject=change.row, reason=change.title,
            before=change.before, after={**(change.after or {}), "changed_by": str(change.context.get("actor", ""))},
        )  # fmt: skip
        events += 1
    return events


def _sign_in_bursts(now: datetime) -> int:
    """Many refused sign-ins over all names, which no lock of one name stops; told once while it lasts."""
    limit = thresholds_at(now).get(ThresholdKind.REFUSED_SIGN_INS)
    since = now - BURST
    if limit is None or AuditEvent.objects.filter(name=EventName.SIGN_IN_BURST, recorded_at__gt=since).exists():
        return 0
    refused = AuditEvent.objects.filter(name__in=_REFUSED, recorded_at__gt=since).order_by("-id")
    found = refused[: int(limit) * 10].count()
    if found < limit:
        return 0
    audit_record(
        name=EventName.SIGN_IN_BURST, actor=ACTOR, now=now, subject="staff.signin:all", outcome=Outcome.REFUSED,
        after={"refused": found, "since": since, "threshold": limit},
    )  # fmt: skip
    return 1


def _missed(since: datetime, now: datetime) -> int:
    audit_record(
        name=EventName.COMPONENT_MISSING, actor=ACTOR, now=now, subject="audit.component:scheduler",
        reason="The schedule, its worker or the database did not run.", after={"since": since, "until": now},
    )  # fmt: skip
    return 1


def _real_players(ids: set[int]) -> dict[int, int]:
    """Brands of those of the players who play with money: mock credits are nothing to tell a regulator."""
    return dict(Player.objects.filter(pk__in=ids, is_test=False).values_list("pk", "brand_id"))


def _record(name: EventName, item: PlayerMoney, brand: int) -> None:
    audit_record(
        name=name, actor=ACTOR, now=item.booked_at, subject=f"wallet.transaction:{item.transaction_id}",
        player_id=item.player_id, brand_id=brand,
        after={"amount": item.amount, "currency": item.currency, "base_amount": item.base, "kind": item.kind},
    )  # fmt: skip
