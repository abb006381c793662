"""The reality check: due by the player's clock and nobody else's, acknowledged before the next bet (2.8 rule 8)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from casino.play.enums import SessionMode
from casino.play.services.sessions import session_authenticate, session_launch
from common.errors import Refusal
from compliance.audit.models import AuditEvent
from compliance.gate.errors import RealityCheckNotDue, RealityIntervalRefused
from compliance.gate.models import PlayClock, RealityCheck
from compliance.gate.selectors.sitting import Sitting, sitting_of
from compliance.gate.services.play_clock import reality_acknowledge, reality_interval_choose
from tests.casino.play.table import Table, code_of, table_make
from tests.factories import NOON, game_make, session_make
from tests.gate.rules_of import Market

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)
PLAYERS: dict[str, Any] = {
    "mode": "player", "default_minutes": 60, "min_minutes": 10, "max_minutes": 240, "break_minutes": 0,
}  # fmt: skip
FIXED: dict[str, Any] = {
    "mode": "fixed", "default_minutes": 60, "min_minutes": 60, "max_minutes": 60, "break_minutes": 5,
}  # fmt: skip


@pytest.fixture
def table() -> Table:
    """Alice began to play at NOON."""
    return table_make("100")


def plays_until(table: Table, minutes: float) -> str:
    """A bet every ten minutes up to then; what came of the last."""
    said = ""
    for past in [*range(10, int(minutes) + 1, 10), minutes]:
        table.now = NOON + past * MINUTE
        said = code_of(table.bet("1"))
    return said


def acknowledged(table: Table) -> RealityCheck:
    sitting = figures(table)
    return reality_acknowledge(
        player_id=table.player.pk, staked=sitting.staked, won=sitting.won, actor="player:1", now=table.now
    )


def figures(table: Table) -> Sitting:
    return sitting_of(player=table.player, now=table.now)


def test_after_an_hour_bets_wait_for_the_players_acknowledgement(table: Table) -> None:
    assert plays_until(table, 59.9) == "ok"
    assert plays_until(table, 60) == "reality_check_due"
    acknowledged(table)
    assert code_of(table.bet("1")) == "ok"
    for past in (80, 100, 119.9):
        table.now = NOON + past * MINUTE
        assert code_of(table.bet("1")) == "ok"
    table.now = NOON + 120 * MINUTE
    assert code_of(table.bet("1")) == "reality_check_due"


def test_money_owed_is_booked_while_a_check_waits(table: Table) -> None:
    assert code_of(table.bet("5", "r9", call_id="b9")) == "ok"
    plays_until(table, 60)
    assert code_of(table.win("7", "r9", bet_id="b9", closes=True)) == "ok"
    assert code_of(table.rollback("b9")) != "reality_check_due"


def test_the_due_time_survives_reconnects_and_another_game(table: Table) -> None:
    due = PlayClock.objects.get().due_at
    plays_until(table, 50)
    table.session = session_make(table.player, table.game, now=table.now)
    other = game_make(table.game.provider, "other")
    elsewhere = Table(game=other, player=table.player, session=session_make(table.player, other, now=table.now))
    assert PlayClock.objects.get().due_at == due
    elsewhere.now = table.now = NOON + 60 * MINUTE
    assert [code_of(elsewhere.bet("1")), code_of(table.bet("1"))] == ["reality_check_due"] * 2


def test_a_check_that_fell_due_in_play_waits_however_long_the_player_stays_away(table: Table) -> None:
    plays_until(table, 60)
    clock = PlayClock.objects.get()
    table.now = NOON + timedelta(days=2)
    assert _launched(table) == "reality_check_due"
    assert PlayClock.objects.get().due_at == clock.due_at
    assert figures(table).elapsed == 60 * MINUTE, "nothing was played since it fell due"
    acknowledged(table)
    assert _launched(table) == "ok"


def _launched(table: Table) -> str:
    try:
        session_make(table.player, table.game, now=table.now)
    except Refusal as refusal:
        return refusal.code
    return "ok"


@pytest.mark.parametrize(("pause", "anew"), [(30, False), (31, True)])
def test_after_a_pause_of_more_than_half_an_hour_a_new_sitting_begins(table: Table, pause: int, anew: bool) -> None:
    plays_until(table, 20)
    table.now += pause * MINUTE
    session_make(table.player, table.game, now=table.now)
    begun = table.now if anew else NOON
    clock = PlayClock.objects.get()
    assert (clock.started_at, clock.due_at) == (begun, begun + 60 * MINUTE)


def test_it_shows_time_stakes_wins_and_result_of_the_whole_sitting(table: Table) -> None:
    table.bet("10", "r1")
    table.win("4.5", "r1")
    plays_until(table, 60)
    shown = figures(table)
    assert (shown.elapsed, shown.staked, shown.won) == (60 * MINUTE, Decimal(15), Decimal("4.5"))
    assert shown.due
    check = acknowledged(table)
    assert (check.staked, check.won, check.currency, check.started_at) == (Decimal(15), Decimal("4.5"), "EUR", NOON)
    event = AuditEvent.objects.get(name="compliance:reality_check:acknowledged")
    assert event.after is not None
    assert event.after["staked"] == "15"


def test_nothing_is_acknowledged_before_it_is_due_or_twice(table: Table) -> None:
    with pytest.raises(RealityCheckNotDue):
        acknowledged(table)
    plays_until(table, 60)
    acknowledged(table)
    with pytest.raises(RealityCheckNotDue):
        acknowledged(table)


def test_in_germany_five_minutes_without_play_follow_every_hour(table: Table, market: Market) -> None:
    market(table.player, "DE", reality_check=FIXED)
    PlayClock.objects.all().delete()
    table.session = session_make(table.player, table.game)
    plays_until(table, 60)
    assert acknowledged(table).paused_until == NOON + 65 * MINUTE
    assert code_of(table.bet("1")) == "reality_check_due"
    table.now = NOON + 65 * MINUTE - timedelta(seconds=1)
    assert code_of(table.bet("1")) == "reality_check_due"
    table.now = NOON + 65 * MINUTE
    assert code_of(table.bet("1")) == "ok"
    assert PlayClock.objects.get().due_at == NOON + 125 * MINUTE
    with pytest.raises(RealityIntervalRefused):
        choose(table, 30)


def choose(table: Table, minutes: int) -> None:
    reality_interval_choose(player_id=table.player.pk, minutes=minutes, actor="player:1", now=table.now)


def test_a_shorter_interval_counts_at_once_and_a_longer_one_from_the_next_check_on(table: Table) -> None:
    table.now = NOON + 5 * MINUTE
    choose(table, 120)
    assert PlayClock.objects.get().due_at == NOON + 60 * MINUTE
    choose(table, 15)
    assert PlayClock.objects.get().due_at == NOON + 20 * MINUTE
    assert plays_until(table, 20) == "reality_check_due"
    acknowledged(table)
    assert PlayClock.objects.get().due_at == NOON + 35 * MINUTE


@pytest.mark.parametrize("minutes", [9, 241])
def test_an_interval_outside_the_policys_bounds_is_refused(table: Table, minutes: int) -> None:
    with pytest.raises(RealityIntervalRefused) as refused:
        choose(table, minutes)
    assert refused.value.details == {"least": "10", "most": "240"}


def test_where_the_policy_has_no_check_nobody_is_interrupted(table: Table, market: Market) -> None:
    market(table.player, "XX", reality_check=None)
    PlayClock.objects.all().delete()
    table.session = session_make(table.player, table.game)
    assert plays_until(table, 90) == "ok"


def test_playing_for_fun_starts_no_clock(table: Table) -> None:
    PlayClock.objects.all().delete()
    launch = session_launch(player=table.player, game=table.game, mode=SessionMode.DEMO, now=NOON)
    session_authenticate(token=launch.token, game_code="slot", caller=table.caller, now=NOON)
    assert not PlayClock.objects.exists()
