"""The provider's books: what each determinate answer does to the expected balance, and what they object to."""

import json
from decimal import Decimal

import pytest

from casino.simulator import calls
from casino.simulator.answers import Answer, answer_read
from casino.simulator.books import Book, LineState
from casino.simulator.calls import Call, RoundKey
from casino.simulator.currencies import CURRENCIES
from casino.simulator.wire import RawAnswer

EUR = CURRENCIES[0]
ALICE = "alice"
KEY = RoundKey(ALICE, "sandbox-slot", "r1", EUR)


@pytest.fixture
def book() -> Book:
    """Alice has 10 EUR."""
    return Book(player_id=ALICE, currency=EUR, opening=Decimal("10.00"))


def bet(name: str, stake: str) -> Call:
    """A bet of Alice."""
    return calls.bet(transaction_id=name, key=KEY, session_id="s", stake=Decimal(stake))


def win(name: str, amount: str) -> Call:
    """A win of Alice."""
    return calls.win(transaction_id=name, key=KEY, amount=Decimal(amount))


def back(name: str, original: str) -> Call:
    """A rollback of Alice."""
    return calls.rollback(transaction_id=name, key=KEY, original_id=original, reason="test")


def booked(call: Call, total: str, *, replayed: bool = False, **more: str) -> Answer:
    """An answer that the wallet carried the call out and has ``total`` EUR now."""
    balance = {"currency": "EUR", "real": total, "bonus": "0.00", "total": total}
    about = {"transaction_id": call.transaction_id, "wallet_transaction_id": "t", "round_id": "r1"}
    told: dict[str, object] = {"status": "ok", "request_id": call.request_id, "balance": balance}
    told |= about | more | {"processed_at": "now"}
    return answered(call, 200, told, replayed=replayed)


def refused(call: Call, status: int, code: str, *, kind: str = "final") -> Answer:
    """An answer that the wallet refused the call."""
    error = {"code": code, "class": kind, "message": "no"}
    return answered(call, status, {"status": "error", "request_id": call.request_id, "error": error})


def answered(call: Call, status: int, told: dict[str, object], *, replayed: bool = False) -> Answer:
    """Any answer, read as it came off the wire."""
    headers = {"content-type": "application/json"} | ({"idempotent-replay": "true"} if replayed else {})
    return answer_read(RawAnswer(status, headers, json.dumps(told).encode(), 0.001), call)


def test_a_bet_a_win_and_a_zero_win_move_what_they_say(book: Book) -> None:
    stake, payout, nothing = bet("b1", "0.20"), win("w1", "7.205"), win("w2", "0")
    assert book.record(stake, booked(stake, "9.80"), in_doubt=False) == []
    assert book.record(payout, booked(payout, "17.005"), in_doubt=False) == []
    assert book.record(nothing, booked(nothing, "17.005"), in_doubt=False) == []
    assert book.expected == Decimal("17.005")


def test_a_refused_bet_moves_nothing(book: Book) -> None:
    stake = bet("b1", "1.00")
    assert book.record(stake, refused(stake, 422, "session_expired"), in_doubt=False) == []
    assert book.expected == Decimal("10.00")


def test_a_repeat_moves_nothing_and_must_be_the_same_to_the_byte(book: Book) -> None:
    stake = bet("b1", "1.00")
    book.record(stake, booked(stake, "9.00"), in_doubt=False)
    assert book.record(stake, booked(stake, "9.00", replayed=True), in_doubt=True) == []
    assert book.record(stake, booked(stake, "9.00"), in_doubt=True) == [
        "repeat answered without Idempotent-Replay: true"
    ]
    assert "first 200" in book.record(stake, booked(stake, "9.0", replayed=True), in_doubt=True)[0]
    assert book.expected == Decimal("9.00")


def test_a_rollback_gives_the_stake_back_once(book: Book) -> None:
    stake, first, second = bet("b1", "1.00"), back("x1", "b1"), back("x2", "b1")
    book.record(stake, booked(stake, "9.00"), in_doubt=False)
    assert book.record(first, booked(first, "10.00", original="reversed"), in_doubt=False) == []
    assert book.record(second, booked(second, "10.00", original="already_reversed"), in_doubt=False) == []
    assert book.expected == Decimal("10.00")


def test_a_second_reversal_is_objected_to(book: Book) -> None:
    stake, first, second = bet("b1", "1.00"), back("x1", "b1"), back("x2", "b1")
    book.record(stake, booked(stake, "9.00"), in_doubt=False)
    book.record(first, booked(first, "10.00", original="reversed"), in_doubt=False)
    complaints = book.record(second, booked(second, "11.00", original="reversed"), in_doubt=False)
    assert "the original is reversed" in complaints[0]
    assert "balance 11.00, expected 10.00" in complaints[1]


def test_a_booked_bet_that_the_wallet_does_not_find_is_objected_to(book: Book) -> None:
    stake, lost = bet("b1", "1.00"), back("x1", "b1")
    book.record(stake, booked(stake, "9.00"), in_doubt=False)
    assert "the original is booked" in book.record(lost, booked(lost, "9.00", original="not_found"), in_doubt=False)[0]


@pytest.mark.parametrize(("said", "state"), [("reversed", LineState.REVERSED), ("not_found", LineState.TOMBSTONE)])
def test_a_bet_in_doubt_that_was_rolled_back_moves_nothing_either_way(book: Book, said: str, state: LineState) -> None:
    call = back("x1", "b1")
    assert book.record(call, booked(call, "10.00", original=said), in_doubt=False) == []
    line = book.line("b1")
    assert line is not None
    assert line.state is state
    assert book.expected == Decimal("10.00")


def test_a_late_bet_after_its_tombstone_must_be_refused(book: Book) -> None:
    call, late = back("x1", "b1"), bet("b1", "1.00")
    book.record(call, booked(call, "10.00", original="not_found"), in_doubt=False)
    assert book.record(late, refused(late, 409, "transaction_rolled_back"), in_doubt=False) == []
    assert "rolled back before" in book.record(late, booked(late, "9.00"), in_doubt=False)[0]
    assert book.expected == Decimal("10.00")


def test_a_bet_that_lost_the_race_against_its_rollback_is_a_tombstone(book: Book) -> None:
    late, call = bet("b1", "1.00"), back("x1", "b1")
    assert book.record(late, refused(late, 409, "transaction_rolled_back"), in_doubt=True) == []
    assert book.record(call, booked(call, "10.00", original="not_found"), in_doubt=True) == []
    again = late.again()
    assert book.record(again, refused(again, 409, "transaction_rolled_back"), in_doubt=True) == []


def test_a_first_call_answered_as_a_replay_is_objected_to_unless_it_was_in_doubt(book: Book) -> None:
    stake, other = bet("b1", "1.00"), bet("b2", "1.00")
    assert book.record(stake, booked(stake, "9.00", replayed=True), in_doubt=True) == []
    assert book.record(other, booked(other, "8.00", replayed=True), in_doubt=False) != []


def test_a_difference_is_reported_where_it_appears_and_not_again(book: Book) -> None:
    first, second = bet("b1", "1.00"), bet("b2", "1.00")
    assert book.record(first, booked(first, "8.00"), in_doubt=False) == ["balance 8.00, expected 9.00 EUR"]
    assert book.record(second, booked(second, "7.00"), in_doubt=False) == []


def test_a_retryable_refusal_leaves_the_id_free(book: Book) -> None:
    early = win("w1", "5.00")
    book.record(early, refused(early, 409, "bet_not_found", kind="retry"), in_doubt=False)
    assert book.line("w1") is None
    assert book.record(early, booked(early, "15.00"), in_doubt=False) == []
