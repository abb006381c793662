"""Conformance §7.5: wins, losses, closing rounds, jackpots."""

from __future__ import annotations

from decimal import Decimal

from tests.wallet.api.house import House
from tests.wallet.api.table import Table, seated
from tests.wallet.api.wire import Wire

POOL = (
    "SELECT sum(e.amount) FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id"
    " WHERE a.kind = 'jackpot_pool' AND a.scope = 'sandbox:sandbox-pool'"
)


def pool_of(house: House) -> Decimal:
    return Decimal(house.rows(POOL)[0][0])


def test_case_099_a_win_is_paid_and_linked_to_its_bet(house: House, alice: Table) -> None:
    bet, booked = alice.bet("10.00")
    won = alice.win(bet, "25.00", bet_transaction_id=bet["transaction_id"])
    assert won.real == "115.00"
    found = house.rows("SELECT related_id::text FROM play_leg WHERE id = %s", won.json["wallet_transaction_id"])
    assert found == [(booked.json["wallet_transaction_id"],)]


def test_case_100_an_identical_win_again_is_paid_once(alice: Table) -> None:
    fields = alice.win_fields(alice.placed("10.00"), "25.00")
    first, again = alice.call("win", fields), alice.call("win", fields)
    assert (again.body, again.replayed) == (first.body, True)
    assert alice.real == "115.00"


def test_case_101_the_same_win_id_with_another_amount_conflicts(alice: Table) -> None:
    fields = alice.win_fields(alice.placed("10.00"), "25.00")
    alice.call("win", fields)
    assert alice.call("win", {**fields, "amount": "26.00"}).outcome == (409, "idempotency_conflict")
    assert alice.real == "115.00"


def test_case_102_a_win_of_zero_records_the_loss_and_may_close(house: House, alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.win(bet, "0", round_closed=True).real == "90.00"
    state = house.rows("SELECT state, live_wins FROM play_round WHERE reference = %s", bet["round_id"])
    assert state == [("closed", 1)]


def test_case_103_a_game_win_without_a_bet_is_refused_retryably(alice: Table) -> None:
    reply = alice.win(alice.bet_fields(), "25.00")
    assert reply.outcome == (409, "bet_not_found")
    assert reply.json["error"]["class"] == "retry"
    named = alice.win(alice.placed("10.00"), bet_transaction_id="no-such-bet")
    assert named.outcome == (409, "bet_not_found")
    assert alice.real == "90.00"


def test_case_104_a_win_for_another_players_bet_is_refused(wire: Wire, alice: Table) -> None:
    bob = seated(wire)
    bet = alice.placed("10.00")
    assert bob.win(bet).outcome == (409, "bet_not_found")
    assert bob.win(bob.placed("1.00"), bet_transaction_id=bet["transaction_id"]).outcome == (409, "player_mismatch")
    assert (alice.real, bob.real) == ("90.00", "99.00")


def test_case_105_two_wins_of_one_bet_are_both_paid(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.win(bet, "5.00").code == "ok"
    assert alice.win(bet, "7.00").code == "ok"
    assert alice.real == "102.00"


def test_case_106_a_win_after_the_closing_win_is_refused_unless_promotional(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.win(bet, "5.00", round_closed=True).code == "ok"
    assert alice.win(bet, "7.00").outcome == (409, "round_closed")
    assert alice.win(bet, "7.00", kind="promo").code == "ok"
    assert alice.real == "102.00"


def test_case_107_a_win_for_a_rolled_back_bet_is_refused(alice: Table) -> None:
    bet = alice.placed("10.00")
    alice.rollback(bet)
    assert alice.win(bet).outcome == (409, "transaction_rolled_back")
    assert alice.win(bet, bet_transaction_id=bet["transaction_id"]).outcome == (409, "transaction_rolled_back")
    assert alice.real == "100.00"


def test_case_108_a_win_before_its_bet_is_booked_when_it_is_repeated_after_it(alice: Table) -> None:
    bet = alice.bet_fields("10.00")
    win = alice.win_fields(bet, "25.00")
    assert alice.call("win", win).json["error"]["class"] == "retry"
    assert alice.call("bet", bet).code == "ok"
    paid = alice.call("win", win)
    assert (paid.code, paid.replayed) == ("ok", False)
    assert alice.real == "115.00"


def test_case_109_a_win_repeated_after_three_days_gets_the_same_answer(house: House, alice: Table) -> None:
    fields = alice.win_fields(alice.placed("10.00"), "25.00", round_closed=True)
    first = alice.call("win", fields)
    house.rows("UPDATE wallet_recordedanswer SET recorded_at = recorded_at - interval '3 days' WHERE"
               " provider_transaction_id = %s", fields["transaction_id"])  # fmt: skip
    assert alice.call("win", fields).body == first.body
    assert alice.real == "115.00"


def test_case_110_a_round_closed_without_payout_keeps_the_stake(alice: Table) -> None:
    bet = alice.placed("10.00")
    reply = alice.end_round(bet)
    assert (reply.json["round_id"], reply.real) == (bet["round_id"], "90.00")
    assert alice.win(bet).outcome == (409, "round_closed")


def test_case_111_closing_again_is_a_success_with_the_first_time(alice: Table) -> None:
    bet = alice.placed("10.00")
    first, again = alice.end_round(bet), alice.end_round(bet)
    assert again.json["closed_at"] == first.json["closed_at"]
    assert alice.end_round(alice.bet_fields()).outcome == (404, "round_not_found")


def test_case_112_a_bet_in_a_closed_round_is_refused(alice: Table) -> None:
    bet = alice.placed("10.00", round_closed=True)
    assert alice.bet("10.00", round_id=bet["round_id"])[1].outcome == (409, "round_closed")
    assert alice.real == "90.00"


def test_case_113_a_win_amount_in_end_round_is_only_information(alice: Table) -> None:
    bet = alice.placed("10.00")
    fields = {"player_id": alice.player_id, "game_code": alice.game, "round_id": bet["round_id"], "win_amount": "50.00"}
    assert alice.call("end-round", fields).real == "90.00"


def test_case_114_a_round_of_two_days_is_still_open_and_still_pays(house: House, alice: Table) -> None:
    bet = alice.placed("10.00")
    house.rows(
        "UPDATE play_round SET opened_at = opened_at - interval '48 hours' WHERE reference = %s", bet["round_id"]
    )
    assert house.rows("SELECT state FROM play_round WHERE reference = %s", bet["round_id"]) == [("open",)]
    assert alice.win(bet, "25.00").real == "115.00"


def test_case_116_a_credit_of_zero_marked_completed_closes(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.win(bet, "0", round_closed=True).code == "ok"
    assert alice.win(bet, "1.00").outcome == (409, "round_closed")


def test_case_117_a_refused_bet_leaves_no_open_round(house: House, alice: Table) -> None:
    fields, reply = alice.bet("1000.00")
    assert reply.code == "insufficient_funds"
    assert house.rows("SELECT 1 FROM play_round WHERE reference = %s", fields["round_id"]) == []
    assert alice.end_round(fields).outcome == (404, "round_not_found")


def test_case_118_a_jackpot_part_beside_a_win_is_paid_once_and_told_apart(house: House, wire: Wire) -> None:
    alice = seated(wire, game="sandbox-jackpot")
    bet = alice.placed("10.00")
    assert alice.win(bet, "5.00").real == "95.00"
    assert alice.call("jackpot", alice.win_fields(bet, "50.00", jackpot_code="sandbox-pool")).real == "145.00"
    kinds = house.rows("SELECT kind, real FROM play_leg WHERE player_id = (SELECT id FROM players_player WHERE"
                       " public_id = %s) ORDER BY id", alice.player_id)  # fmt: skip
    assert [(kind, str(real.normalize())) for kind, real in kinds] == [
        ("bet", "1E+1"),
        ("win", "5"),
        ("jackpot", "5E+1"),
    ]


def test_case_119_a_contribution_is_part_of_the_stake_not_added_to_it(house: House, wire: Wire) -> None:
    alice = seated(wire, game="sandbox-jackpot")
    before = pool_of(house)
    fields, reply = alice.bet("10.00", jackpot_contribution="0.15")
    assert reply.real == "90.00"
    alice.call("bet", fields)
    assert pool_of(house) - before == Decimal("0.15")
    alice.rollback(fields)
    assert pool_of(house) == before
    assert alice.bet("1.00", jackpot_contribution="1.01")[1].outcome == (400, "invalid_amount")


def test_case_120_a_jackpot_after_the_result_is_extra_and_linked_to_the_round(house: House, wire: Wire) -> None:
    alice = seated(wire, game="sandbox-jackpot")
    bet = alice.placed("10.00")
    alice.win(bet, "0", round_closed=True)
    before = pool_of(house)
    reply = alice.call("jackpot", alice.win_fields(bet, "200.00", jackpot_code="sandbox-pool"))
    assert (reply.real, reply.json["round_id"]) == ("290.00", bet["round_id"])
    assert pool_of(house) >= min(before, Decimal(1000))
    unknown = alice.win_fields(bet, "1.00", jackpot_code="no-such-pool")
    assert alice.call("jackpot", unknown).outcome == (404, "jackpot_not_found")


def test_case_121_a_jackpot_repeated_is_paid_once(wire: Wire) -> None:
    alice = seated(wire, game="sandbox-jackpot")
    fields = alice.win_fields(alice.placed("10.00"), "50.00", jackpot_code="sandbox-pool")
    first, again = alice.call("jackpot", fields), alice.call("jackpot", fields)
    assert (again.body, again.replayed) == (first.body, True)
    assert alice.real == "140.00"
