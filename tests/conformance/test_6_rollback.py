"""Conformance §7.6: money comes back once, whatever the order of arrival."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh, seated
from tests.wallet.api.wire import Wire


def test_case_122_an_open_bet_is_rolled_back(alice: Table) -> None:
    bet = alice.placed("10.00")
    reply = alice.rollback(bet)
    assert (reply.json["original"], reply.real, reply.json["round_id"]) == ("reversed", "100.00", bet["round_id"])
    assert alice.wire.get("transactions/" + bet["transaction_id"]).json["state"] == "reversed"


def test_case_123_the_same_rollback_again_refunds_once(alice: Table) -> None:
    fields = alice.rollback_fields(alice.placed("10.00"))
    first, again = alice.call("rollback", fields), alice.call("rollback", fields)
    assert (again.body, again.replayed) == (first.body, True)
    assert alice.real == "100.00"


def test_case_124_a_rollback_under_a_new_id_refunds_nothing_more(alice: Table) -> None:
    bet = alice.placed("10.00")
    alice.rollback(bet)
    again = alice.rollback(bet)
    assert (again.outcome, again.json["original"]) == ((200, "ok"), "already_reversed")
    assert alice.real == "100.00"


def test_case_125_an_unknown_original_leaves_a_tombstone(alice: Table) -> None:
    name = fresh("never")
    assert alice.rollback(name).json["original"] == "not_found"
    state = alice.wire.get("transactions/" + name).json
    assert (state["state"], state["type"], state["amount"]) == ("tombstone", None, None)
    assert alice.real == "100.00"


def test_case_126_the_bet_that_arrives_after_its_rollback_is_refused(alice: Table) -> None:
    bet = alice.bet_fields("10.00")
    alice.rollback(bet)
    assert alice.call("bet", bet).outcome == (409, "transaction_rolled_back")
    assert alice.real == "100.00"


def test_case_127_and_it_is_refused_every_time(alice: Table) -> None:
    bet = alice.bet_fields("10.00")
    alice.rollback(bet)
    first, again = alice.call("bet", bet), alice.call("bet", bet)
    assert first.body == again.body
    assert alice.call("bet", {**bet, "amount": "11.00"}).outcome == (409, "transaction_rolled_back")
    assert alice.real == "100.00"


def test_case_128_a_win_for_a_tombstone_is_refused(alice: Table) -> None:
    bet = alice.bet_fields("10.00")
    alice.rollback(bet)
    win = alice.win(bet, bet_transaction_id=bet["transaction_id"])
    assert win.outcome == (409, "transaction_rolled_back")
    later = alice.win_fields(alice.placed("1.00"))
    alice.rollback(later["transaction_id"])
    assert alice.call("win", later).outcome == (409, "transaction_rolled_back")
    assert alice.real == "99.00"


def test_case_129_a_bet_and_its_rollback_in_any_order_leave_the_balance(alice: Table) -> None:
    order = random.Random(129)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(100):
            bet = alice.bet_fields("10.00")
            calls = [("bet", bet), ("rollback", alice.rollback_fields(bet))]
            order.shuffle(calls)
            both = list(pool.map(lambda call: alice.call(*call), calls))
            assert {reply.status for reply in both} <= {200, 409}
    assert alice.real == "100.00"


def test_case_131_a_settled_bet_is_not_rolled_back_until_its_win_is(alice: Table) -> None:
    bet = alice.placed("10.00")
    win = alice.win_fields(bet, "25.00")
    alice.call("win", win)
    assert alice.rollback(bet).outcome == (409, "original_settled")
    assert alice.real == "115.00"
    assert alice.rollback(win).json["original"] == "reversed"
    assert alice.rollback(bet).json["original"] == "reversed"
    assert alice.real == "100.00"


def test_case_132_a_win_is_taken_back_out_of_the_balance(alice: Table) -> None:
    win = alice.win_fields(alice.placed("10.00"), "25.00")
    alice.call("win", win)
    assert alice.rollback(win).real == "90.00"


def test_case_133_a_spent_win_becomes_a_receivable_that_later_credits_repay(house: House, alice: Table) -> None:
    win = alice.win_fields(alice.placed("10.00"), "25.00")
    alice.call("win", win)
    alice.placed("110.00")
    assert alice.rollback(win).real == "0.00"
    owed = "SELECT balance::text FROM wallet_account WHERE kind = 'player_receivable' AND player_id = (SELECT id FROM" \
        " players_player WHERE public_id = %s)"  # fmt: skip
    assert house.rows(owed, alice.player_id)[0][0].startswith("-20.00")
    assert alice.win(alice.placed("0"), "30.00").real == "10.00"
    assert float(house.rows(owed, alice.player_id)[0][0]) == 0


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_case_134_bet_and_win_are_both_reversed_win_first(alice: Table, order: tuple[int, int]) -> None:
    bet = alice.placed("10.00")
    win = alice.win_fields(bet, "25.00")
    alice.call("win", win)
    both = [bet, win]
    for _ in range(2):  # a bet refused as settled is repeated by the provider under a new id
        for which in order:
            alice.rollback(both[which])
    assert alice.real == "100.00"


def test_case_135_only_the_win_is_reversed_when_only_it_is_named(alice: Table) -> None:
    bet = alice.placed("10.00")
    win = alice.win_fields(bet, "25.00")
    alice.call("win", win)
    alice.rollback(win)
    assert alice.real == "90.00"
    assert alice.wire.get("transactions/" + bet["transaction_id"]).json["state"] == "booked"


def test_case_137_an_amount_in_the_rollback_is_ignored(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.rollback(bet, amount="999.00", currency="USD").real == "100.00"


def test_case_138_a_rollback_needs_only_the_ids(alice: Table) -> None:
    bet = alice.placed("10.00")
    fields = {
        "transaction_id": fresh("x"), "original_transaction_id": bet["transaction_id"], "player_id": alice.player_id,
    }  # fmt: skip
    assert alice.call("rollback", fields).json["original"] == "reversed"


def test_case_139_there_is_no_partial_rollback(alice: Table) -> None:
    bet = alice.placed("10.00")
    alice.rollback(bet, amount="4.00")
    assert alice.real == "100.00"


def test_case_140_an_original_of_another_player_is_refused(wire: Wire, alice: Table) -> None:
    bob = seated(wire)
    bet = alice.placed("10.00")
    assert bob.rollback(bet).outcome == (409, "player_mismatch")
    assert (alice.real, bob.real) == ("90.00", "100.00")
    assert alice.rollback(bet).json["original"] == "reversed"


def test_case_141_one_of_several_bets_is_rolled_back_and_the_round_goes_on(alice: Table) -> None:
    first = alice.placed("10.00")
    second = alice.placed("20.00", round_id=first["round_id"])
    alice.rollback(first)
    assert alice.bet("5.00", round_id=first["round_id"])[1].code == "ok"
    assert alice.win(second, "30.00").real == "105.00"


@pytest.mark.parametrize("credit_first", [True, False])
def test_case_142_of_two_bets_one_is_credited_and_one_cancelled(alice: Table, credit_first: bool) -> None:
    won, void = alice.placed("10.00"), alice.placed("20.00")
    if credit_first:
        alice.win(won, "15.00")
    alice.rollback(void)
    if not credit_first:
        alice.win(won, "15.00")
    assert alice.real == "105.00"


def test_case_143_fifteen_bets_with_mixed_credits_and_cancels(alice: Table) -> None:
    bets = [alice.placed("2.00") for _ in range(15)]
    random.Random(143).shuffle(bets)
    for number, bet in enumerate(bets):
        reply = alice.rollback(bet) if number % 3 == 0 else alice.win(bet, "1.50")
        assert reply.code == "ok"
    assert alice.real == "95.00"  # 100 - 15 * 2 + 5 * 2 + 10 * 1.50


def test_case_144_a_credit_after_the_cancel_is_refused(alice: Table) -> None:
    bet = alice.placed("10.00")
    alice.rollback(bet)
    assert alice.win(bet).outcome == (409, "transaction_rolled_back")


def test_case_145_a_cancel_after_the_credit_is_refused(alice: Table) -> None:
    bet = alice.placed("10.00")
    alice.win(bet, "0")
    assert alice.rollback(bet).outcome == (409, "original_settled")
    assert alice.real == "90.00"


def test_case_147_a_reversed_win_may_be_followed_by_a_new_one(alice: Table) -> None:
    bet = alice.placed("10.00")
    win = alice.win_fields(bet, "25.00")
    alice.call("win", win)
    alice.rollback(win)
    assert alice.win(bet, "35.00").real == "125.00"


def test_case_148_a_free_bet_is_rolled_back_without_money(alice: Table) -> None:
    bet = alice.placed("10.00", free_round_id="grant-1")
    assert alice.real == "100.00"
    assert alice.rollback(bet).json["original"] == "reversed"
    assert alice.real == "100.00"
    assert alice.win(bet).outcome == (409, "transaction_rolled_back")


def test_case_150_a_refund_of_the_unknown_repeated_for_long_leaves_one_tombstone(house: House, alice: Table) -> None:
    fields = alice.rollback_fields(fresh("never"))
    replies = [alice.call("rollback", fields) for _ in range(20)]
    assert {reply.body for reply in replies} == {replies[0].body}
    assert alice.rollback(fields["original_transaction_id"]).json["original"] == "not_found"
    found = house.rows("SELECT count(*) FROM wallet_recordedanswer WHERE provider_transaction_id = %s AND"
                       " outcome = 'tombstone'", fields["original_transaction_id"])  # fmt: skip
    assert found == [(1,)]


def test_case_151_a_rollback_of_a_refused_bet_credits_nothing(alice: Table) -> None:
    bet, reply = alice.bet("150.00")
    assert reply.code == "insufficient_funds"
    assert alice.rollback(bet).json["original"] == "not_found"
    assert alice.real == "100.00"


def test_case_152_a_discard_of_the_unknown_is_a_success(alice: Table) -> None:
    assert alice.rollback(fresh("never"), reason="discard").outcome == (200, "ok")
