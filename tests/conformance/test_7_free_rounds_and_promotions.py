"""Conformance §7.7: what wallet API v1 says of free rounds and promotional credits; bonuses come with their issue."""

from __future__ import annotations

from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh, new_player
from tests.wallet.api.wire import Wire


def offline(wire: Wire) -> Table:
    """Bob has an account and no session."""
    return Table(wire, new_player(wire, balance="0")["player_id"], "", "EUR", "sandbox-slot")


def test_case_154_a_free_round_bet_debits_nothing(alice: Table) -> None:
    assert alice.bet("0", free_round_id="grant-1")[1].real == "100.00"


def test_case_155_a_free_round_bet_with_an_amount_debits_nothing(house: House, alice: Table) -> None:
    bet, reply = alice.bet("10.00", free_round_id="grant-1")
    assert reply.real == "100.00"
    assert alice.win(bet, "4.00", kind="free_round").real == "104.00"
    assert house.rows("SELECT staked FROM play_round WHERE reference = %s", bet["round_id"])[0][0] == 0


def test_case_157_a_free_round_result_without_a_bet_is_paid(alice: Table) -> None:
    assert alice.win(alice.bet_fields(), "6.00", kind="free_round").real == "106.00"


def test_case_158_a_free_round_win_opens_its_own_round(alice: Table) -> None:
    free = {"game_code": alice.game, "round_id": fresh("grant")}
    assert alice.win(free, "6.00", kind="free_round").real == "106.00"
    assert alice.end_round(free).code == "ok"


def test_case_160_161_a_summary_of_free_rounds_is_paid_once(alice: Table) -> None:
    fields = alice.win_fields(alice.bet_fields(), "60.00", kind="free_round", round_closed=True)
    first, again = alice.call("win", fields), alice.call("win", fields)
    assert (again.body, again.replayed) == (first.body, True)
    assert alice.real == "160.00"


def test_case_164_a_prize_is_paid_while_the_player_is_offline(wire: Wire) -> None:
    bob = offline(wire)
    assert bob.win({"game_code": bob.game, "round_id": fresh("drop")}, "9.00", kind="promo").real == "9.00"


def test_case_165_a_prize_repeated_is_paid_once(wire: Wire) -> None:
    bob = offline(wire)
    fields = bob.win_fields({"game_code": bob.game, "round_id": fresh("drop")}, "9.00", kind="promo")
    assert bob.call("win", fields).body == bob.call("win", fields).body
    assert bob.real == "9.00"


def test_case_166_a_result_and_its_promotional_part_are_two_bookings(house: House, alice: Table) -> None:
    bet = alice.placed("10.00")
    alice.win(bet, "5.00", round_closed=True)
    alice.win(bet, "2.00", kind="promo")
    assert alice.real == "97.00"
    assert house.books_of(alice.player_id)[1] == 3


def test_case_167_a_promotional_credit_under_a_bets_id_is_a_conflict_not_a_repeat(alice: Table) -> None:
    bet = alice.placed("10.00")
    reply = alice.win(bet, "10.00", kind="promo", transaction_id=bet["transaction_id"])
    assert reply.outcome == (409, "idempotency_conflict")
    assert alice.real == "90.00"


def test_case_173_a_positive_adjustment_is_paid_offline(wire: Wire) -> None:
    bob = offline(wire)
    adjustment = {"game_code": bob.game, "round_id": fresh("adjustment")}
    assert bob.win(adjustment, "3.21", kind="promo").real == "3.21"
