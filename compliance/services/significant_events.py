"""Watching the books for significant events, off the path of every bet (compliance.md §1.5, G-50 to G-67).

A watcher reads what was committed since it last looked, in commit-safe order, and writes events and its place in one
transaction: each is found once, however often it runs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
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
from wallet.selectors.play_money import PlayerMoney, moved_between, owing_since_between
from wallet.selectors.seals import boundary_after, settled_horizon

ACTOR: Final = "system:watch_significant"
BOOKS: Final = "significant"
ROWS_AT_ONCE: Final = 50_000
# The schedule runs it every minute: one that comes later than this was stopped, or the database was.
MISSED: Final = timedelta(minutes=10)
DAYS_KEPT: Final = timedelta(days=7)
BURST: Final = timedelta(minutes=10)
_REFUSED: Final = (EventName.SIGN_IN_REFUSED, EventName.FACTOR_REFUSED)


@dataclass(frozen=True, slots=True)
class Watched:
    """A sum of a player's day (a column of PlayOfDay), and from which size one booking and the sum are significant."""

    column: str
    one: ThresholdKind
    one_name: EventName
    day: ThresholdKind
    day_name: EventName


STAKES: Final = Watched(
    "staked", ThresholdKind.LARGE_WAGER, EventName.LARGE_WAGER, ThresholdKind.WAGERS_OF_DAY, EventName.LARGE_WAGERS
)
WINS: Final = Watched(
    "won", ThresholdKind.LARGE_WIN, EventName.LARGE_WIN, ThresholdKind.WINS_OF_DAY, EventName.LARGE_WINS
)
TRANSFERS: Final = Watched(
    "transferred", ThresholdKind.LARGE_TRANSFER, EventName.LARGE_TRANSFER, ThresholdKind.TRANSFERS_OF_DAY,
    EventName.LARGE_TRANSFERS,
)  # fmt: skip
OF_KIND: Final = {
    "bet": STAKES, "win": WINS, "jackpot_win": WINS, "deposit": TRANSFERS, "withdrawal": TRANSFERS,
}  # fmt: skip


@dataclass(slots=True)
class Found:
    """What one look found: events written, and whether more waits."""

    events: int = 0
    more: bool = False


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
        found.events += _moved(watch.through_order, high, now)
        found.events += _owing(watch.through_order, high)
        found.events += _outside(watch.through_order, high)
        found.more = high < horizon
        watch.through_order = high
    found.events += _sign_in_bursts(now)
    PlayOfDay.objects.filter(day__lt=(now - DAYS_KEPT).date()).delete()
    watch.ran_at = now
    watch.save(update_fields=["through_order", "ran_at"])
    return found


def _moved(low: int, high: int, now: datetime) -> int:
    limits = thresholds_at(now)
    days: dict[tuple[int, date], dict[Watched, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    large: list[PlayerMoney] = []
    for item in moved_between(low, high):
        watched = OF_KIND[item.kind]
        days[item.player_id, item.booked_at.date()][watched] += item.base
        limit = limits.get(watched.one)
        if limit is not None and item.base >= limit:
            large.append(item)
    real = _real_players({player for player, _day in days})
    for item in (item for item in large if item.player_id in real):
        _record(OF_KIND[item.kind].one_name, item, real[item.player_id])
    events = sum(item.player_id in real for item in large)
    for (player, on), more in sorted(days.items(), key=lambda pair: pair[0]):
        if player in real:
            events += _day_grows(player, real[player], on, more, limits, now)
    return events


def _day_grows(
    player: int, brand: int, on: date, more: dict[Watched, Decimal], limits: dict[ThresholdKind, Decimal], now: datetime
) -> int:
    """Add to a player's day, and record each limit that it passes by this."""
    row, _made = PlayOfDay.objects.select_for_update().get_or_create(player_id=player, day=on)
    passed = 0
    for watched, added in sorted(more.items(), key=lambda pair: pair[0].column):
        before: Decimal = getattr(row, watched.column)
        grown, limit = before + added, limits.get(watched.day)
        if limit is not None and before < limit <= grown:
            passed += 1
            audit_record(
                name=watched.day_name, actor=ACTOR, now=now, subject=f"players.player:{player}", player_id=player,
                brand_id=brand, after={"day": on, "base_amount": grown, "threshold": limit},
            )  # fmt: skip
        setattr(row, watched.column, grown)
    row.save(update_fields=[watched.column for watched in more])
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
    if limit is None or _since(EventName.SIGN_IN_BURST, since, most=1):
        return 0
    found = sum(_since(name, since, most=int(limit) * 10) for name in _REFUSED)
    if found < limit:
        return 0
    audit_record(
        name=EventName.SIGN_IN_BURST, actor=ACTOR, now=now, subject="staff.signin:all", outcome=Outcome.REFUSED,
        after={"refused": found, "since": since, "threshold": limit},
    )  # fmt: skip
    return 1


def _since(name: EventName, since: datetime, *, most: int) -> int:
    """How many of the newest `most` events of a name are younger: read off the end of its index, however long it is."""
    newest = AuditEvent.objects.filter(name=name).order_by("-id").values_list("recorded_at", flat=True)[:most]
    return sum(at > since for at in newest)


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
