"""Conformance §7.8: processes die, servers vanish, clocks differ; money is exact all the same."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http.client import HTTPException

import psycopg
import pytest
import redis

from common.services.processes import wait_until
from tests.conformance.relay import Relay
from tests.database_roles import owner_login
from tests.servers import GranianServer
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh, seated
from tests.wallet.api.wire import BASE, Reply, Wire

Serve = Callable[..., GranianServer]


@pytest.fixture
def database_line(house: House) -> Iterator[Relay]:
    with closing(Relay(house.environment["DATABASE_URL"], default_port=5432)) as relay:
        yield relay


@pytest.fixture
def redis_line() -> Iterator[Relay]:
    with closing(Relay(os.environ["REDIS_URL"], default_port=6379)) as relay:
        yield relay


def through(server: GranianServer, alice: Table) -> Table:
    """Alice at another server of the same house."""
    wire = Wire(server.port)
    return Table(wire, alice.player_id, alice.session_id, alice.currency, alice.game)


def so_many_done(answers: list[Future[Reply]], enough: int) -> bool:
    return sum(answer.done() for answer in answers) >= enough


def until_answered(call: Callable[[], Reply], *, seconds: float = 20) -> Reply:
    """What a provider does: repeat with the same id until there is an answer that is not `retry`."""
    end = time.monotonic() + seconds
    while True:
        try:
            reply = call()
            if reply.status < 500:
                return reply
        except (OSError, HTTPException):
            pass
        assert time.monotonic() < end, "no answer in time"
        time.sleep(0.05)


def test_case_080_a_bet_is_recognised_after_a_restart_and_an_emptied_cache(serve: Serve, alice: Table) -> None:
    server = serve()
    hers = through(server, alice)
    fields, first = hers.bet("10.00")
    server.kill()
    redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()
    server.start()
    assert hers.call("bet", fields).body == first.body
    assert alice.real == "90.00"


def test_case_130_180_a_bet_committed_after_the_providers_time_out_is_rolled_back(
    serve: Serve, alice: Table, database_line: Relay
) -> None:
    slow = through(serve(DATABASE_URL=database_line.url), alice)
    assert slow.real == "100.00"
    database_line.hold_commits = 1.5
    fields = alice.bet_fields("10.00")
    with pytest.raises(TimeoutError):
        slow.wire.but(timeout=0.5).post("bet", fields)
    assert alice.rollback(fields).json["original"] in ("reversed", "not_found")
    assert alice.real == "100.00"
    assert until_answered(lambda: alice.wire.post("bet", fields)).status in (200, 409)
    assert alice.real == "100.00"


def test_case_174_175_a_process_killed_at_any_instant_leaves_each_bet_booked_once(serve: Serve, wire: Wire) -> None:
    alice = seated(wire, balance="1000.00")
    server = serve()
    hers = through(server, alice)
    bets = [alice.bet_fields("1.00") for _ in range(200)]
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(until_answered, partial(hers.wire.post, "bet", bet)) for bet in bets]
        for done in (30, 90):
            wait_until(partial(so_many_done, answers, done), seconds=20)
            server.kill()
            assert not all(answer.done() for answer in answers)
            server.start()
        assert {answer.result().outcome for answer in answers} == {(200, "ok")}
    assert {alice.call("bet", bet).replayed for bet in bets[::10]} == {True}
    assert alice.real == "800.00"


def test_case_176_177_while_the_database_is_away_every_call_is_told_to_retry_and_none_is_half_booked(
    house: House, serve: Serve, alice: Table, database_line: Relay
) -> None:
    hers = through(serve(DATABASE_URL=database_line.url), alice)
    open_bet = hers.placed("10.00")
    books = house.books_of(alice.player_id)
    bet, win, back = hers.bet_fields("10.00"), hers.win_fields(open_bet, "5.00"), hers.rollback_fields(open_bet)
    database_line.cut()
    calls = [("bet", bet), ("win", win), ("rollback", back), ("jackpot", {**win, "jackpot_code": "sandbox-pool"})]
    for name, fields in [*calls, ("balance", {"player_id": alice.player_id}), ("auth", {"token": "any"})]:
        reply = hers.call(name, fields)
        assert reply.outcome == (503, "temporarily_unavailable")
        assert reply.json["error"]["class"] == "retry"
        assert int(reply.headers["retry-after"]) >= 1
    assert house.books_of(alice.player_id) == books
    database_line.mend()
    assert until_answered(lambda: hers.call("bet", bet)).code == "ok"
    assert hers.call("win", win).code == "ok"
    assert alice.real == "85.00"


def test_case_178_without_redis_calls_go_on_and_duplicates_debit_once(
    serve: Serve, alice: Table, redis_line: Relay
) -> None:
    hers = through(serve(REDIS_URL=redis_line.url), alice)
    before, reply = hers.bet("10.00")
    redis_line.cut()
    began = time.monotonic()
    again = hers.call("bet", before)
    assert (again.body, again.replayed) == (reply.body, True)
    fields, first = hers.bet("10.00")
    with ThreadPoolExecutor(8) as pool:
        copies = list(pool.map(lambda _: hers.call("bet", fields).body, range(8)))
    assert set(copies) == {first.body}
    assert hers.win(fields, "5.00").code == "ok"
    assert hers.rollback(before).json["original"] == "reversed"
    assert time.monotonic() - began < 3
    assert alice.real == "95.00"
    redis_line.mend()
    assert hers.bet("1.00")[1].code == "ok"


def test_case_179_a_lock_held_too_long_answers_busy_and_uses_up_no_id(house: House, alice: Table) -> None:
    fields = alice.bet_fields("10.00")
    lock = "SELECT 1 FROM wallet_account WHERE kind = 'player_real' AND player_id = (SELECT id FROM players_player" \
        " WHERE public_id = %s) FOR UPDATE"  # fmt: skip
    with psycopg.connect(**owner_login(), dbname=house.database) as holder:
        holder.execute(lock.encode(), [alice.player_id])
        began = time.monotonic()
        reply = alice.call("bet", fields)
        assert reply.outcome == (503, "busy")
        assert (reply.json["error"]["class"], reply.headers["retry-after"]) == ("retry", "1")
        assert time.monotonic() - began < 3
        bob = seated(alice.wire)
        assert bob.bet()[1].code == "ok"
        holder.rollback()
    assert alice.rollback(fields).json["original"] == "not_found"
    assert alice.call("bet", fields).outcome == (409, "transaction_rolled_back")
    assert alice.real == "100.00"


@pytest.mark.parametrize("half", [True, False])
def test_case_181_a_connection_dropped_by_the_provider_leaves_a_state_that_can_be_asked_for(
    alice: Table, half: bool
) -> None:
    fields = alice.bet_fields("10.00")
    body = json.dumps(fields).encode()
    headers = alice.wire.headers("POST", BASE + "bet", body) | {"Host": "x", "Content-Length": str(len(body))}
    head = f"POST {BASE}bet HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
    with socket.create_connection(("127.0.0.1", alice.wire.port)) as line:
        line.sendall(head.encode() + (body[: len(body) // 2] if half else body))
    time.sleep(0.3)
    state = alice.wire.get("transactions/" + fields["transaction_id"])
    assert state.outcome == (404, "transaction_not_found") if half else state.json["state"] == "booked"
    repeat = alice.call("bet", fields)
    assert (repeat.code, repeat.replayed) == ("ok", not half)
    assert alice.real == "90.00"


@pytest.mark.parametrize(("seconds", "code"), [(-299, "ok"), (-303, "clock_skew"), (298, "ok"), (303, "clock_skew")])
def test_case_182_the_clocks_window_is_300_seconds_both_ways(alice: Table, seconds: int, code: str) -> None:
    body = json.dumps(alice.bet_fields("10.00")).encode()
    reply = alice.wire.send("POST", BASE + "bet", body, timestamp=str(int(time.time()) + seconds))
    assert reply.code == code
    if code == "clock_skew":
        assert abs(reply.json["server_time"] - time.time()) < 5
        assert alice.wire.send("POST", BASE + "bet", body).code == "ok"
    assert alice.real == "90.00"


def test_case_183_many_rollback_attempts_get_one_answer_and_add_no_rows(house: House, alice: Table) -> None:
    fields = alice.rollback_fields(fresh("never"))
    first = alice.call("rollback", fields)
    rows = house.books_of(alice.player_id)
    assert {alice.call("rollback", fields).body for _ in range(100)} == {first.body}
    assert house.books_of(alice.player_id) == rows


def test_case_184_an_unexpected_error_has_the_contracts_form(serve: Serve, house: House, alice: Table) -> None:
    broken = through(serve(FIELD_KEY="not-the-one-that-the-secrets-were-closed-with"), alice)
    reply = broken.call("bet", alice.bet_fields())
    assert reply.outcome == (503, "temporarily_unavailable")
    assert b"Traceback" not in reply.body
    assert alice.real == "100.00"


def test_case_185_ping_needs_no_signature_and_changes_nothing(house: House, wire: Wire) -> None:
    before = house.booked()
    reply = wire.plain("GET", BASE + "ping", None, {})
    assert reply.outcome == (200, "ok")
    assert abs(reply.json["server_time"] - time.time()) < 5
    assert house.booked() == before


def test_case_187_servers_replaced_during_play_lose_and_double_nothing(serve: Serve, wire: Wire) -> None:
    alice = seated(wire, balance="1000.00")
    old, new = serve(), serve()
    bets = [alice.bet_fields("1.00") for _ in range(200)]
    doors = [Wire(old.port), Wire(new.port)]

    def play(number: int) -> Reply:
        turns = iter(range(number, 10_000))
        return until_answered(lambda: doors[next(turns) % 2].post("bet", bets[number]))

    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(play, number) for number in range(len(bets))]
        wait_until(partial(so_many_done, answers, 30), seconds=20)
        old.stop()
        assert not all(answer.done() for answer in answers)
        assert {answer.result().outcome for answer in answers} == {(200, "ok")}
    assert alice.real == "800.00"
