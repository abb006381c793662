"""Calls that meet at one row: they wait for each other, and say `busy` when it takes too long."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from tests.database_roles import owner_login
from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh, new_player, seated
from tests.wallet.api.wire import Wire

WALLET = (
    "SELECT 1 FROM wallet_account w JOIN players_player p ON p.id = w.player_id WHERE p.public_id = %s FOR UPDATE OF w"
)


@contextmanager
def wallet_held(house: House, player_id: str) -> Iterator[None]:
    """Somebody else holds the player's wallet row."""
    with psycopg.connect(**owner_login(), dbname=house.database) as holder:
        holder.execute(WALLET.encode(), [player_id])
        yield
        holder.rollback()


@pytest.mark.parametrize("call", ["auth", "end-round", "win", "rollback", "jackpot"])
def test_a_call_that_waits_too_long_for_the_wallet_is_busy_and_may_be_repeated(
    house: House, alice: Table, call: str
) -> None:
    bet = alice.placed("10.00")
    fields = {
        "auth": {"token": alice.launched()},
        "end-round": {"player_id": alice.player_id, "game_code": alice.game, "round_id": bet["round_id"]},
        "win": alice.win_fields(bet, "5.00"),
        "rollback": alice.rollback_fields(bet),
        "jackpot": alice.win_fields(bet, "5.00", jackpot_code="sandbox-pool"),
    }[call]
    with wallet_held(house, alice.player_id):
        reply = alice.call(call, fields)
    assert reply.outcome == (503, "busy")
    assert reply.headers["retry-after"] == "1"
    assert (again := alice.call(call, fields)).code == "ok"
    assert not again.replayed


def test_the_balance_is_told_without_waiting(house: House, alice: Table) -> None:
    with wallet_held(house, alice.player_id):
        assert alice.real == "100.00"


def test_one_token_presented_ten_times_at_once_makes_one_session(wire: Wire) -> None:
    token = new_player(wire, balance="10")["token"]
    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(lambda _: keeps_contract("auth", wire.post("auth", {"token": token})), range(10)))
    assert sorted(reply.outcome for reply in replies) == [(200, "ok")] + [(422, "token_used")] * 9


def test_one_id_used_for_two_players_at_once_is_booked_for_one_of_them(wire: Wire, alice: Table) -> None:
    bob = seated(wire)
    for _ in range(20):
        name = fresh("both")
        tables = [alice, bob]
        bets = [table.bet_fields("1.00", transaction_id=name) for table in tables]
        with ThreadPoolExecutor(2) as pool:
            replies = list(pool.map(lambda pair: pair[0].call("bet", pair[1]), zip(tables, bets, strict=True)))
        assert sorted(reply.outcome for reply in replies) == [(200, "ok"), (409, "idempotency_conflict")]
    assert float(alice.real) + float(bob.real) == 180.0
