"""The simulator can fail: each planted break of the contract is found."""

import pytest

from casino.simulator import run
from casino.simulator.summary import summary_text
from tests.casino.simulator.conftest import Serve, quick_plan
from tests.casino.simulator.wallet_records import Fault


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        (Fault.DOUBLE_DEBIT, "expected"),
        (Fault.LOST_WIN, "expected"),
        (Fault.LATE_BET_BOOKED, "booked although it was rolled back before"),
        (Fault.DOUBLE_REFUND, "expected"),
    ],
)
def test_money_gone_wrong_is_a_difference_of_that_player(serve: Serve, fault: Fault, detail: str) -> None:
    report = run(quick_plan(serve(fault).url, rounds=500))
    assert report.exit_code == 1
    assert report.differences
    assert any(detail in seen.detail for seen in report.violations)
    text = summary_text(report)
    for one in report.differences:
        assert any(one.player_id in line and f"{one.difference:+,f}" in line for line in text.splitlines())


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        (Fault.OTHER_REPLAY, "repeat answered 200"),
        (Fault.NO_REPLAY_HEADER, "without Idempotent-Replay"),
        (Fault.HTML_ERROR, "instead of JSON"),
        (Fault.WRONG_BALANCE, "balance"),
    ],
)
def test_a_broken_promise_is_a_violation_even_when_the_books_agree(serve: Serve, fault: Fault, detail: str) -> None:
    report = run(quick_plan(serve(fault).url, rounds=500))
    assert report.exit_code == 1
    assert report.differences == ()
    assert any(detail in seen.detail for seen in report.violations)


def test_a_wallet_that_refuses_every_bet_proves_nothing(serve: Serve) -> None:
    report = run(quick_plan(serve(Fault.REFUSES_BETS).url, rounds=10))
    assert report.exit_code == 1
    assert "accepted no bet" in summary_text(report)
