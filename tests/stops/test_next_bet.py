"""A stop against bets, on real connections: seen by the very next one, and none is booked once it was confirmed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection

from casino.games.enums import StopReason, StopScope
from casino.games.services import stops
from casino.games.services.stops import stop_end, stop_place
from casino.play.models import Leg
from casino.play.services.rounds import round_end
from casino.play.situation import LOAD
from common.clock import utc_now
from common.database.pipeline import Statement
from tests.casino.play.table import Table, code_of, seat
from tests.stops.test_stops import placed

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]
SLOW_SECONDS = 0.8


@pytest.mark.parametrize("scope", StopScope)
def test_the_very_next_bet_is_refused_and_what_runs_is_settled(table: Table, scope: StopScope) -> None:
    expected = "player_blocked" if scope is StopScope.PLAYER else "game_disabled"
    assert code_of(table.bet("10", "runs", call_id="before")) == "ok"
    assert code_of(table.bet("1", "undone", call_id="taken-back")) == "ok"
    stop = placed(table, scope)
    assert code_of(table.bet("10", "new")) == expected
    assert code_of(table.bet("10", "runs")) == expected, "no further bet in a round that runs either"
    assert table.bet("10", "runs", call_id="before").replayed, "a lost answer is still given again"
    assert code_of(table.win("25", "runs")) == "ok"
    assert code_of(table.rollback("taken-back")) == "ok"
    assert code_of(table.win("0", "runs", closes=True)) == "ok"
    stop_end(stop_id=stop.pk, reason="repaired", actor="staff:8", now=utc_now())
    assert code_of(table.bet("10", "after")) == "ok"


def test_others_bet_while_one_game_and_one_player_are_stopped(table: Table) -> None:
    bob = seat(table.game, "Bob")
    placed(table, StopScope.PLAYER)
    assert code_of(bob.bet("10")) == "ok"
    assert code_of(table.bet("10")) == "player_blocked"


@pytest.fixture
def slow(owner_connection: Owner, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Bets that look at what is stopped, then dawdle before they book."""
    row = owner_connection.execute("SELECT pg_get_functiondef('play_situation'::regproc)").fetchone()
    assert row is not None
    text = row[0].replace("public.play_situation(", "public.play_situation_slow(")
    slowly = text.replace("RETURN s;\nEND", f"PERFORM pg_sleep({SLOW_SECONDS}); RETURN s;\nEND")
    assert slowly != text
    owner_connection.execute(slowly.encode())
    query = LOAD.query.decode().replace("play_situation", "play_situation_slow")
    monkeypatch.setattr("casino.play.services.calls.LOAD", Statement("play_situation_slow", query))
    yield
    owner_connection.execute("DROP FUNCTION play_situation_slow")


def in_its_own_connection(work: Callable[[], Any]) -> Any:
    try:
        return work()
    finally:
        connection.close()


def bet_under_way_while_stopped(table: Table) -> tuple[int, int, str]:
    """Legs there when the stop is confirmed, legs there at the end, and what the bet was told."""
    under_way = threading.Event()

    def bet() -> str:
        under_way.set()
        return code_of(table.bet("10"))

    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(in_its_own_connection, bet)
        under_way.wait(5)
        time.sleep(SLOW_SECONDS / 2)
        stop_place(
            scope=StopScope.GAME, target_id=table.game.pk, code=StopReason.INCIDENT, reason="wins are late",
            until=None, actor="staff:7", now=utc_now(),
        )  # fmt: skip
        confirmed = Leg.objects.count()
        return confirmed, (told.result(timeout=10), Leg.objects.count())[1], told.result()


def test_a_bet_under_way_ends_before_the_stop_is_confirmed(table: Table, slow: None) -> None:
    confirmed, at_the_end, told = bet_under_way_while_stopped(table)
    assert told == "ok"
    assert confirmed == at_the_end == 1, "nothing is booked after the stop was confirmed"


def test_without_waiting_a_bet_is_booked_after_the_stop_was_confirmed(
    table: Table, slow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stops, "_wait_for_bets_under_way", lambda: None)
    confirmed, at_the_end, told = bet_under_way_while_stopped(table)
    assert (confirmed, at_the_end, told) == (0, 1, "ok")


def test_bets_of_many_players_against_a_stop_are_booked_before_it_or_refused(table: Table) -> None:
    tables = [table, *(seat(table.game, f"Player {number}", balance="1000") for number in range(3))]
    over = threading.Event()
    said: list[tuple[float, float, str]] = []

    def play(seated: Table) -> None:
        while not over.is_set():
            began = time.monotonic()
            told = code_of(seated.bet("1", f"r{time.monotonic_ns()}"))
            said.append((began, time.monotonic(), told))

    with ThreadPoolExecutor(len(tables)) as pool:
        players = [pool.submit(in_its_own_connection, partial(play, seated)) for seated in tables]
        time.sleep(0.5)
        placed(table, StopScope.ALL)
        confirmed_at, confirmed = time.monotonic(), Leg.objects.count()
        time.sleep(0.5)
        over.set()
        for player in players:
            player.result(timeout=20)
    assert Leg.objects.count() == confirmed
    after = {told for began, _ended, told in said if began > confirmed_at}
    assert after == {"game_disabled"}
    assert "ok" in {told for _began, ended, told in said if ended < confirmed_at}


def test_closing_a_round_is_possible_while_all_gaming_is_stopped(table: Table) -> None:
    table.bet("10", "runs")
    placed(table, StopScope.ALL)
    ended = round_end(
        player=table.player.public_id, game_code=table.game.code, reference="runs", caller=table.caller, now=utc_now()
    )
    assert ended.reference == "runs"
