"""Counters begin with what the ledger tells, follow every movement, and are never apart from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from compliance.limits.decisions import bet_count, play_limits_read, rollback_count, win_count
from compliance.limits.models import Counter
from compliance.limits.selectors.counts import count_from_ledger
from compliance.limits.types import PlayLimits
from players.models import Player
from tests.casino.play.table import Table, seat, table_make
from tests.factories import NOON, jackpot_make, session_make
from tests.limits.scene import MONDAY, alice_of, counted, sets
from wallet.selectors.flows import Flows, flows_since

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal
DAY = timedelta(days=1)


@pytest.fixture
def table() -> Table:
    return table_make("100")


def loaded(player: Player, now: datetime = MONDAY) -> PlayLimits | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT limits_of_bet(%s, %s)", [player.pk, now])
        (text,) = cursor.fetchone() or (None,)
    return play_limits_read(text)


def count(player: Player, text: str | None) -> None:
    assert text is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT limits_count(%s, %s)", [player.pk, text])


def test_a_counter_begins_with_what_was_played_before_the_limit(table: Table) -> None:
    jackpot_make(table.game)
    table.bet("10", "r1", call_id="b1", contribution="1")
    table.win("4", "r1")
    table.bet("7", "r2", call_id="b2")
    table.rollback("b2")
    table.bet("5", "r3", call_id="b3")
    table.jackpot("20", "r3")
    sets(table.player, "100", NOON, kind="loss")
    day = counted(table.player)
    assert (day.wagered, day.staked, day.won, day.deposited) == (D(15), D(15), D(24), D(100))


def test_what_was_played_before_the_period_is_not_in_it(table: Table) -> None:
    table.bet("10", "r1", call_id="b1")
    table.now = NOON + DAY
    table.session = session_make(table.player, table.game, now=table.now)
    table.bet("3", "r2")
    table.rollback("b1")
    sets(table.player, "100", table.now, kind="loss")
    sets(table.player, "100", table.now, kind="loss", period="week")
    assert counted(table.player).staked == 3, "undoing yesterday's stake gives no room today"
    assert counted(table.player, "week").staked == 3
    sets(table.player, "100", table.now, kind="wager", period="month")
    assert counted(table.player, "month").deposited == 100


def test_only_this_players_money_is_counted(table: Table) -> None:
    bob = seat(table.game, "Bob")
    bob.bet("50")
    table.bet("2")
    assert flows_since(player_id=table.player.pk, currency="EUR", since=NOON - DAY) == Flows(
        wagered=D(2), staked=D(2), deposited=D(100)
    )


def test_the_place_of_an_instant_is_found_in_a_long_history(table: Table) -> None:
    for day in range(6):
        table.now = NOON + day * DAY
        table.session = session_make(table.player, table.game, now=table.now)
        for number in range(5):
            table.bet("1", f"r{day}-{number}")
    for day in range(7):
        since = NOON - timedelta(hours=1) + day * DAY
        assert flows_since(player_id=table.player.pk, currency="EUR", since=since).staked == (6 - day) * 5


def test_without_a_limit_that_bears_on_bets_there_is_nothing_to_load(table: Table) -> None:
    assert loaded(table.player) is None
    sets(table.player, "100", NOON, kind="deposit")
    assert loaded(table.player) is None


def test_stakes_wins_and_rollbacks_are_added_and_a_new_period_begins_anew() -> None:
    alice = alice_of("MT")
    sets(alice, "100", kind="loss")
    sets(alice, "500", kind="wager", period="week")
    limits = loaded(alice)
    assert limits is not None
    count(alice, bet_count(stake=D(10), real=D(8), limits=limits, now=MONDAY))
    count(alice, win_count(real=D("2.5"), limits=limits, now=MONDAY))
    day, week = counted(alice), counted(alice, "week")
    assert (day.wagered, day.staked, day.won) == (D(10), D(8), D("2.5"))
    assert (week.wagered, week.staked, week.won) == (D(10), D(8), D("2.5"))
    tuesday = MONDAY + DAY
    limits = loaded(alice, tuesday)
    assert limits is not None
    count(alice, rollback_count(stake=D(10), real=D(8), booked_at=MONDAY, limits=limits, now=tuesday))
    assert counted(alice).wagered == 10, "nothing of it was counted on Tuesday"
    assert counted(alice, "week").wagered == 0
    count(alice, bet_count(stake=D(1), real=D(1), limits=limits, now=tuesday))
    assert (counted(alice).wagered, counted(alice).won) == (D(1), D(0))
    assert counted(alice).starts_at == counted(alice, "week").starts_at + DAY
    assert counted(alice, "week").wagered == 1


def test_loading_tells_bounds_counts_and_zone(table: Table) -> None:
    Player.objects.filter(pk=table.player.pk).update(time_zone="Europe/Malta")
    table.player.refresh_from_db()
    sets(table.player, "12.5", NOON, kind="stake", period="")
    sets(table.player, "100", NOON, kind="loss")
    table.bet("10")
    sets(table.player, "90", NOON, kind="loss")
    limits = loaded(table.player)
    assert limits is not None
    assert limits.zone == "Europe/Malta"
    assert [(bound.kind, bound.period, bound.amount) for bound in limits.bounds] == [
        ("stake", "", D("12.5")), ("loss", "day", D(90)),
    ]  # fmt: skip
    ledger = count_from_ledger(player=table.player, period="day", now=NOON)
    assert limits.counts["day"] == replace(ledger, deposited=D(0)), "bets need no deposits"
    assert Counter.objects.get().staked == 10


def test_somebody_who_waited_over_midnight_does_not_put_the_counter_back_into_yesterday() -> None:
    alice = alice_of("MT")
    tuesday = MONDAY + DAY
    sets(alice, "100", tuesday, kind="loss")
    limits = loaded(alice, tuesday)
    assert limits is not None
    begun = counted(alice).starts_at
    count(alice, bet_count(stake=D(10), real=D(10), limits=limits, now=tuesday))
    sets(alice, "90", MONDAY, kind="wager")
    assert counted(alice).starts_at == begun
