"""Conformance §7.9: what the books say after all that."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal

from tests.servers import CHECKOUT, GranianServer
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, new_player
from tests.wallet.api.wire import Wire


def manage(house: House, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=CHECKOUT, env=house.environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_case_188_the_whole_ledger_of_these_tests_verifies(house: House, alice: Table) -> None:
    alice.rollback(alice.placed("10.00"))
    done = manage(house, "verify_ledger")
    assert done.returncode == 0, done.stdout + done.stderr


def test_case_189_a_reversal_is_a_new_transaction_that_names_the_old_one(house: House, alice: Table) -> None:
    bet, booked = alice.bet("10.00")
    first = booked.json["wallet_transaction_id"]
    entries = "SELECT t::text FROM wallet_entry t WHERE transaction_id = %s ORDER BY line"
    before = house.rows(entries, first)
    back = alice.rollback(bet).json["wallet_transaction_id"]
    assert house.rows(entries, first) == before
    assert house.rows("SELECT original_id::text FROM wallet_transaction WHERE id = %s", back) == [(first,)]
    assert sum(row[0] for row in house.rows("SELECT amount FROM wallet_entry WHERE transaction_id IN (%s, %s) AND"
               " balance_after IS NOT NULL", first, back)) == 0  # fmt: skip


def test_case_190_duplicates_are_counted_once_in_turnover(house: House, alice: Table) -> None:
    bet = alice.placed("10.00")
    win = alice.win_fields(bet, "4.00")
    for _ in range(5):
        alice.call("bet", bet)
        alice.call("win", win)
    counted = house.rows(
        "SELECT staked, won, live_bets, live_wins FROM play_round WHERE reference = %s", bet["round_id"]
    )
    assert counted == [(Decimal(10), Decimal(4), 1, 1)]
    assert house.books_of(alice.player_id)[1] == 2


def test_case_197_every_attempt_is_kept_with_its_raw_request_and_answer(
    house: House, serve: Callable[..., GranianServer], alice: Table
) -> None:
    server = serve(CALL_LOG_SHIP_MS="100")
    hers = Table(Wire(server.port), alice.player_id, alice.session_id, alice.currency, alice.game)
    bet = hers.placed("10.00")
    hers.rollback(bet)
    hers.call("bet", bet)
    server.stop()
    shipped = manage(house, "ship_call_log")
    assert shipped.returncode == 0, shipped.stderr
    kept = house.rows(
        "SELECT call, replayed, status, body, answer FROM calls_providercall WHERE player = %s AND round_reference = %s"
        " AND call = 'bet' ORDER BY received_at", alice.player_id, bet["round_id"],
    )  # fmt: skip
    assert [row[:3] for row in kept] == [("bet", False, 200), ("bet", True, 200)]
    assert all(bet["transaction_id"].encode() in bytes(row[3]) for row in kept)
    assert bytes(kept[0][4]) == bytes(kept[1][4])
    everything = house.rows("SELECT string_agg(headers::text || body || answer, '') FROM calls_providercall")[0][0]
    assert "sandbox-secret" not in str(everything)


def test_case_198_a_duplicate_is_recognised_after_the_call_log_was_purged(house: House, alice: Table) -> None:
    fields, first = alice.bet("10.00")
    house.rows("DELETE FROM calls_providercall")
    assert alice.call("bet", fields).body == first.body


def test_case_201_a_test_player_is_marked_for_ever_and_plays_on_everybodys_path(house: House, wire: Wire) -> None:
    bob = new_player(wire, balance="5")
    marked = house.rows("SELECT is_test FROM players_player WHERE public_id = %s", bob["player_id"])
    assert marked == [(True,)]
    real = house.rows("SELECT public_id FROM players_player WHERE NOT is_test LIMIT 1")[0][0]
    assert wire.post(f"sandbox/players/{real}/state", {"credit": "5"}).outcome == (404, "player_not_found")
    # The sandbox provider, whose secret is published, does not even learn that a real player exists.
    assert wire.post("balance", {"player_id": real}).outcome == (404, "player_not_found")
