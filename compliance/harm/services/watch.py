"""Reading the books for behaviour: what was played and paid is summed by player and day, in commit-safe order.

A look reads at most ROWS_AT_ONCE transactions and keeps its place in the same transaction: each booking is counted
once, however often and wherever this runs, and a long backlog is worked off look by look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction

from compliance.audit.models import Watch
from compliance.exclusions.models import Exclusion
from compliance.harm.models import Flow, PlayDay, Watched
from compliance.limits.models import LimitChange
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player
from players.notes.models import Note
from wallet.selectors.player_flows import PlayerFlow, flows_between
from wallet.selectors.seals import boundary_after, settled_horizon

BOOKS: Final = "harm"
PLAY: Final = ("bet", "win", "jackpot_win")
ROWS_AT_ONCE: Final = 20_000
NEWEST: Final = 1_000
MILLISECOND: Final = timedelta(milliseconds=1)
OVERLAP: Final = timedelta(minutes=5)  # of what other wings wrote: their transactions may end after they began


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a look came."""

    bookings: int
    more: bool


@dataclass(slots=True)
class _Player:
    """A player while a stretch is read: how play is read there, what is known, and the days that change."""

    watched: Watched
    zone: ZoneInfo
    windows: dict[str, Any]
    days: dict[date, PlayDay] = field(default_factory=dict)

    def day(self, on: date) -> PlayDay:
        return self.days.setdefault(on, PlayDay(player_id=self.watched.pk, day=on))


@transaction.atomic
def behaviour_watch(*, now: datetime) -> Progress:
    """Look at the next stretch of the books, from their beginning on, and at what the other wings wrote."""
    watch, _made = Watch.objects.select_for_update().get_or_create(
        name=BOOKS, defaults={"through_order": 0, "ran_at": datetime(2000, 1, 1, tzinfo=UTC)}
    )
    horizon = settled_horizon()
    high = boundary_after(watch.through_order, horizon, ["transaction"], limit=ROWS_AT_ONCE)
    read = 0
    if high is not None and high > watch.through_order:
        read = _read(watch.through_order, high, now)
    _touched_elsewhere(watch.ran_at - OVERLAP, now)
    watch.through_order = max(high or horizon, watch.through_order)
    watch.ran_at = now
    watch.save(update_fields=["through_order", "ran_at"])
    return Progress(read, watch.through_order < horizon)


def _read(low: int, high: int, now: datetime) -> int:
    events = sorted(flows_between(low, high), key=lambda event: event.booked_at)
    players = _players({event.player_id for event in events}, events, now)
    flows: list[Flow] = []
    for event in events:
        if (player := players.get(event.player_id)) is not None:
            if event.kind in PLAY:
                _played(player, event)
            else:
                flows.append(_flowed(player, event))
            player.watched.changed_at = max(player.watched.changed_at, event.booked_at)
    Flow.objects.bulk_create(flows, batch_size=1_000)
    _kept(players.values())
    return len(events)


def _players(ids: set[int], events: list[PlayerFlow], now: datetime) -> dict[int, _Player]:
    """Those who play with real money, locked in one order, with the days that the stretch is about."""
    real = {
        row.pk: row
        for row in Player.objects.filter(pk__in=ids, is_test=False).only("pk", "jurisdiction", "time_zone")
    }  # fmt: skip
    Watched.objects.bulk_create(
        [Watched(player_id=pk, changed_at=datetime(2000, 1, 1, tzinfo=UTC)) for pk in sorted(real)],
        ignore_conflicts=True,
    )
    windows = {code: _windows(code, now) for code in {row.jurisdiction for row in real.values()}}
    found = {
        row.pk: _Player(row, ZoneInfo(real[row.pk].time_zone or "UTC"), windows[real[row.pk].jurisdiction])
        for row in Watched.objects.select_for_update().filter(pk__in=real).order_by("pk")
    }
    on = {event.booked_at.astimezone(UTC).date() for event in events}
    if on:
        for day in PlayDay.objects.filter(player_id__in=real, day__gte=min(on), day__lte=max(on)):
            found[day.player_id].days[day.day] = day
    return found


def _windows(jurisdiction: str, now: datetime) -> dict[str, Any]:
    table = policy_of(jurisdiction=jurisdiction, now=now).table(PolicyKey.HARM_WINDOWS)
    assert table is not None
    return table


def _played(player: _Player, event: PlayerFlow) -> None:
    at = event.booked_at
    day = player.day(at.astimezone(UTC).date())
    if event.kind != "bet":
        day.won += event.base
        return
    day.bets += 1
    day.staked += event.base
    day.largest_stake = max(day.largest_stake, event.base)
    day.night_bets += _night(at.astimezone(player.zone).hour, player.windows)
    watched = player.watched
    gap = at - watched.last_bet_at if watched.last_bet_at else None
    if gap is None or watched.run_started_at is None or gap > timedelta(minutes=player.windows["break_minutes"]):
        watched.run_started_at = at
    elif gap > timedelta(0):
        day.played_ms += gap // MILLISECOND
    run = at - watched.run_started_at
    day.longest_run_ms = max(day.longest_run_ms, run // MILLISECOND)
    watched.last_bet_at = max(at, watched.last_bet_at or at)


def _night(hour: int, windows: dict[str, Any]) -> bool:
    start, end = windows["night_from_hour"], windows["night_to_hour"]
    return bool(start <= hour < end if start <= end else hour >= start or hour < end)


def _flowed(player: _Player, event: PlayerFlow) -> Flow:
    last = player.watched.last_bet_at
    soon = last is not None and event.booked_at - last <= timedelta(minutes=player.windows["chasing_minutes"])
    day = player.days.get(event.booked_at.astimezone(UTC).date())
    lost = day is not None and day.staked > day.won
    return Flow(
        player_id=event.player_id, kind=event.kind, booked_at=event.booked_at, base=event.base,
        after_loss=event.kind == "deposit" and soon and lost,
    )  # fmt: skip


def _kept(players: Iterable[_Player]) -> None:
    rows = list(players)
    Watched.objects.bulk_update(
        [row.watched for row in rows], ["last_bet_at", "run_started_at", "changed_at"], batch_size=500
    )
    names = [f.name for f in PlayDay._meta.fields if f.name not in {"id", "player_id", "day"}]
    days = [day for row in rows for day in row.days.values()]
    PlayDay.objects.bulk_create([day for day in days if day.pk is None], batch_size=500)
    PlayDay.objects.bulk_update([day for day in days if day.pk is not None], names, batch_size=500)


def _touched_elsewhere(since: datetime, now: datetime) -> None:
    """Players of whom other wings wrote something that markers look at: assessed anew."""
    touched: dict[int, datetime] = {}
    newest: tuple[tuple[Any, str], ...] = (
        (Note.objects, "written_at"), (LimitChange.objects, "asked_at"), (Exclusion.objects, "starts_at"),
    )  # fmt: skip
    for rows, when in newest:
        for player_id, at in rows.order_by("-pk").values_list("player_id", when)[:NEWEST]:
            if player_id is not None and since < at <= now:
                touched[player_id] = max(at, touched.get(player_id, at))
    real = set(Player.objects.filter(pk__in=touched, is_test=False).values_list("pk", flat=True))
    Watched.objects.bulk_create(
        [Watched(player_id=pk, changed_at=touched[pk]) for pk in sorted(real)], ignore_conflicts=True
    )
    rows = Watched.objects.select_for_update().filter(pk__in=real).order_by("pk")
    late = [row for row in rows if row.changed_at < touched[row.pk]]
    for row in late:
        row.changed_at = touched[row.pk]
    Watched.objects.bulk_update(late, ["changed_at"], batch_size=500)
