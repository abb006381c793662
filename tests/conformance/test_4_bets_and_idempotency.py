"""Conformance §7.4: a bet is booked once, whatever the wire does."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.database_roles import owner_login
from tests.wallet.api.house import House
from tests.wallet.api.table import Fields, Table, fresh, seated
from tests.wallet.api.wire import Reply, Wire


def in_parallel(alice: Table, bets: list[Fields]) -> list[Reply]:
    with ThreadPoolExecutor(len(bets)) as pool:
        return list(pool.map(lambda fields: alice.call("bet", fields), bets))


def test_case_072_an_identical_bet_again_gets_the_same_bytes_and_no_second_entry(house: House, alice: Table) -> None:
    fields, first = alice.bet("10.00")
    entries = house.books_of(alice.player_id)
    again = alice.call("bet", fields)
    assert (again.status, again.body, again.replayed) == (first.status, first.body, True)
    assert not first.replayed
    assert house.books_of(alice.player_id) == entries
    assert alice.real == "90.00"


def test_case_073_the_same_id_with_another_amount_conflicts(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.call("bet", {**bet, "amount": "10.01"}).outcome == (409, "idempotency_conflict")
    assert alice.real == "90.00"


def test_case_074_the_same_id_for_another_player_conflicts(wire: Wire, alice: Table) -> None:
    bob = seated(wire)
    bet = alice.placed("10.00")
    stolen = {**bet, "player_id": bob.player_id, "session_id": bob.session_id}
    assert bob.call("bet", stolen).outcome == (409, "idempotency_conflict")
    assert (alice.real, bob.real) == ("90.00", "100.00")


@pytest.mark.parametrize("change", [{"round_id": "other"}, {"game_code": "sandbox-roulette"}, {"currency": "USD"}])
def test_case_075_the_same_id_with_another_round_game_or_currency_conflicts(alice: Table, change: Fields) -> None:
    bet = alice.placed("10.00")
    assert alice.call("bet", {**bet, **change}).outcome == (409, "idempotency_conflict")
    assert alice.real == "90.00"


def test_case_076_the_id_of_a_bet_sent_as_another_call_conflicts(alice: Table) -> None:
    bet = alice.placed("10.00")
    name = bet["transaction_id"]
    assert alice.win(bet, "10.00", transaction_id=name).outcome == (409, "idempotency_conflict")
    assert alice.rollback("something", transaction_id=name).outcome == (409, "idempotency_conflict")
    jackpot = {**alice.win_fields(bet, "10.00"), "transaction_id": name, "jackpot_code": "sandbox-pool"}
    assert alice.call("jackpot", jackpot).outcome == (409, "idempotency_conflict")
    assert alice.real == "90.00"


def test_case_077_ids_of_two_providers_do_not_meet(house: House, alice: Table) -> None:
    bob = seated(house.provider(), game="their-slot")
    name = fresh("shared")
    assert alice.bet("10.00", transaction_id=name, round_id=name)[1].code == "ok"
    assert bob.bet("20.00", transaction_id=name, round_id=name)[1].code == "ok"
    assert (alice.real, bob.real) == ("90.00", "80.00")
    assert bob.rollback(name).json["original"] == "reversed"
    assert (alice.real, bob.real) == ("90.00", "100.00")


def test_case_078_a_bet_repeated_after_others_gets_its_first_answer(alice: Table) -> None:
    fields, first = alice.bet("10.00")
    for _ in range(3):
        alice.placed("10.00")
    assert alice.call("bet", fields).body == first.body
    assert alice.real == "60.00"


def test_case_079_a_bet_of_four_months_ago_is_still_recognised(house: House, alice: Table) -> None:
    fields, first = alice.bet("10.00")
    for table, column in (
        ("wallet_recordedanswer", "recorded_at"),
        ("play_leg", "booked_at"),
        ("play_round", "opened_at"),
    ):
        house.rows(f"UPDATE {table} SET {column} = {column} - interval '125 days' WHERE player_id ="
                   " (SELECT id FROM players_player WHERE public_id = %s)", alice.player_id)  # fmt: skip
    assert alice.call("bet", fields).body == first.body
    assert alice.real == "90.00"


def test_case_081_a_refusal_for_lack_of_funds_is_the_answer_of_its_id_for_good(alice: Table) -> None:
    fields, refused = alice.bet("150.00")
    assert refused.outcome == (402, "insufficient_funds")
    alice.state(credit="100.00")
    again = alice.call("bet", fields)
    assert (again.body, again.replayed) == (refused.body, True)
    assert alice.bet("150.00")[1].code == "ok"
    assert alice.real == "50.00"


def test_case_082_a_bad_signature_uses_up_no_id(alice: Table) -> None:
    fields = alice.bet_fields("10.00")
    assert alice.wire.but(secret="guessed").post("bet", fields).code == "invalid_signature"
    assert alice.wire.post("bet", {**fields, "amount": 10}).code == "invalid_request"
    assert alice.wire.post("bet", {**fields, "amount": "1e1"}).code == "invalid_amount"
    reply = alice.call("bet", fields)
    assert (reply.code, reply.replayed) == ("ok", False)


def test_case_083_a_rolled_back_bets_id_is_not_played_again(alice: Table) -> None:
    fields, first = alice.bet("10.00")
    alice.rollback(fields)
    again = alice.call("bet", fields)
    assert again.body == first.body
    assert again.replayed
    assert alice.real == "100.00"


def test_case_084_ten_identical_bets_in_parallel_debit_once(alice: Table) -> None:
    fields = alice.bet_fields("10.00")
    replies = in_parallel(alice, [fields] * 10)
    assert {reply.body for reply in replies} == {replies[0].body}
    assert {reply.outcome for reply in replies} == {(200, "ok")}
    assert sum(not reply.replayed for reply in replies) == 1
    assert alice.real == "90.00"


def test_case_085_ten_bets_in_parallel_with_funds_for_five(wire: Wire) -> None:
    alice = seated(wire, balance="50.00")
    replies = in_parallel(alice, [alice.bet_fields("10.00") for _ in range(10)])
    assert sorted(reply.outcome for reply in replies) == [(200, "ok")] * 5 + [(402, "insufficient_funds")] * 5
    assert alice.real == "0.00"
    assert {reply.real for reply in replies if reply.code == "ok"} == {"40.00", "30.00", "20.00", "10.00", "0.00"}


def test_case_086_a_repeat_while_the_first_attempt_runs_never_debits_twice(house: House, alice: Table) -> None:
    fields = alice.bet_fields("10.00")
    with psycopg.connect(**owner_login(), dbname=house.database) as slow, ThreadPoolExecutor(2) as pool:
        slow.execute("SELECT 1 FROM wallet_account WHERE kind = 'player_real' AND player_id ="
                     " (SELECT id FROM players_player WHERE public_id = %s) FOR UPDATE", [alice.player_id])  # fmt: skip
        first = pool.submit(alice.call, "bet", fields)
        time.sleep(0.2)
        repeat = pool.submit(alice.call, "bet", fields)
        time.sleep(0.2)
        assert not first.done()
        slow.rollback()
        assert first.result().body == repeat.result().body
    assert alice.real == "90.00"


def test_case_087_several_bets_in_one_round(alice: Table) -> None:
    first = alice.placed("10.00")
    for _ in range(3):
        alice.placed("5.00", round_id=first["round_id"])
    assert alice.win(first, "40.00").real == "115.00"


def test_case_088_a_hundred_and_one_bets_before_any_settlement(wire: Wire) -> None:
    alice = seated(wire, balance="1000.00")
    bets = [alice.placed(f"0.0{n % 9 + 1}") for n in range(101)]
    staked = sum(n % 9 + 1 for n in range(101))
    for bet in bets:
        assert alice.win(bet, "0.01").code == "ok"
    assert alice.real == f"{(100_000 - staked + 101) / 100:.2f}"


def test_case_089_two_rounds_at_one_table_do_not_mix(alice: Table) -> None:
    one, two = alice.placed("10.00"), alice.placed("20.00")
    assert alice.win(two, "40.00", round_closed=True).code == "ok"
    assert alice.bet("1.00", round_id=two["round_id"])[1].outcome == (409, "round_closed")
    assert alice.bet("1.00", round_id=one["round_id"])[1].code == "ok"
    assert alice.rollback(one).json["original"] == "reversed"
    assert alice.real == "119.00"


def test_case_090_two_players_in_rounds_of_the_same_id(wire: Wire, alice: Table) -> None:
    bob = seated(wire)
    table = fresh("live-table")
    hers, his = alice.placed("10.00", round_id=table), bob.placed("20.00", round_id=table)
    assert alice.win(hers, "30.00", round_closed=True).code == "ok"
    assert bob.bet("1.00", round_id=table)[1].code == "ok"
    assert bob.rollback(his).json["original"] == "reversed"
    assert (alice.real, bob.real) == ("120.00", "99.00")
