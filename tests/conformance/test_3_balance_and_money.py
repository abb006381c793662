"""Conformance §7.3: exact amounts in every currency."""

from __future__ import annotations

import pytest

from tests.wallet.api.house import House
from tests.wallet.api.table import Table, seated
from tests.wallet.api.wire import Wire


def test_case_053_the_balance_is_told_in_the_contracts_form(wire: Wire, alice: Table) -> None:
    reply = alice.call("balance", {"player_id": alice.player_id, "session_id": alice.session_id, "currency": "EUR"})
    assert reply.json["balance"] == {"currency": "EUR", "real": "100.00", "bonus": "0.00", "total": "100.00"}
    assert seated(wire, balance="10.005").real == "10.005"
    assert seated(wire, balance="0").real == "0.00"


def test_case_055_the_whole_balance_may_be_staked(alice: Table) -> None:
    assert alice.bet("100.00")[1].real == "0.00"
    assert alice.real == "0.00"


def test_case_056_insufficient_funds_tell_the_current_balance(alice: Table) -> None:
    reply = alice.bet("100.01")[1]
    assert reply.outcome == (402, "insufficient_funds")
    assert reply.json["balance"] == {"currency": "EUR", "real": "100.00", "bonus": "0.00", "total": "100.00"}
    assert reply.json["error"]["class"] == "final"


def test_case_057_one_smallest_unit_short_is_short(alice: Table) -> None:
    assert alice.bet("100.00000001")[1].outcome == (402, "insufficient_funds")
    assert alice.real == "100.00"


def test_case_058_a_stake_of_zero_is_a_bet_without_money(house: House, alice: Table) -> None:
    bet = alice.placed("0")
    assert house.books_of(alice.player_id)[1] == 1
    assert alice.win(bet, "7.00").code == "ok"
    assert alice.real == "107.00"


@pytest.mark.parametrize("amount", ["-1", "-10.00", "-0", "-0.00"])
def test_case_059_a_negative_stake_is_refused(alice: Table, amount: str) -> None:
    assert alice.bet(amount)[1].outcome == (400, "invalid_amount")
    assert alice.real == "100.00"


def test_case_060_a_negative_win_is_refused(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.win(bet, "-5.00").outcome == (400, "invalid_amount")
    assert alice.real == "90.00"


def test_case_061_the_smallest_unit_is_exact(alice: Table) -> None:
    bet = alice.placed("0.00000001")
    assert alice.real == "99.99999999"
    assert alice.win(bet, "0.00000003").real == "100.00000002"


@pytest.mark.parametrize(
    ("currency", "amount"), [("EUR", "1.000000001"), ("JPY", "1.123456789"), ("BTC", "0." + "1" * 19)]
)
def test_case_062_more_digits_than_are_kept_are_refused_not_rounded(wire: Wire, currency: str, amount: str) -> None:
    alice = seated(wire, currency=currency, balance="10")
    assert alice.bet(amount)[1].outcome == (400, "invalid_amount")


@pytest.mark.parametrize(
    ("currency", "balance", "stake", "left"),
    [("JPY", "10000", "1", "9999"), ("KWD", "100.000", "0.001", "99.999"), ("KWD", "5", "1", "4.000")],
)
def test_case_063_currencies_with_no_and_with_three_decimals(
    wire: Wire, currency: str, balance: str, stake: str, left: str
) -> None:
    alice = seated(wire, currency=currency, balance=balance)
    bet, reply = alice.bet(stake)
    assert reply.real == left
    alice.rollback(bet)
    assert alice.win(alice.placed(stake), stake).code == "ok"
    assert alice.bet("0")[1].real == seated(wire, currency=currency, balance=balance).real


def test_case_064_crypto_amounts_are_exact(wire: Wire) -> None:
    alice = seated(wire, currency="BTC", balance="0.10000000")
    bet = alice.placed("0.00012345")
    assert alice.real == "0.09987655"
    assert alice.win(bet, "0.00099999").real == "0.10087654"
    ether = seated(wire, currency="ETH", balance="1")
    bet = ether.placed("0.000000000000000001")
    assert ether.real == "0.999999999999999999"
    assert ether.win(bet, "0.000000000000000002").real == "1.000000000000000001"


def test_case_065_amounts_near_the_limit_are_exact_or_refused(alice: Table) -> None:
    bet = alice.placed("1.00")
    assert alice.win(bet, "999999999999999.99999999").real == "1000000000000098.99999999"
    assert alice.win(bet, "1000000000000000").outcome == (400, "invalid_amount")
    assert alice.win(bet, str(2**63)).outcome == (400, "invalid_amount")
    assert alice.real == "1000000000000098.99999999"


def test_case_065_balances_of_many_digits_stay_exact_in_crypto(wire: Wire) -> None:
    alice = seated(wire, currency="ETH", balance="1")
    bet = alice.placed("0")
    assert alice.win(bet, "999999999999.000000000000000001").real == "1000000000000.000000000000000001"
    assert alice.bet("0.000000000000000001")[1].code in ("ok", "stake_limit_exceeded")
    assert alice.real == "1000000000000.00000000"


def test_case_066_a_very_large_win_is_exact(alice: Table) -> None:
    assert alice.win(alice.placed("10.00"), "63727092.34").real == "63727182.34"


def test_case_067_another_currency_than_the_wallets_is_refused(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert alice.bet(currency="USD")[1].outcome == (409, "currency_mismatch")
    assert alice.win(bet, currency="USD").outcome == (409, "currency_mismatch")
    fields = {"player_id": alice.player_id, "currency": "USD"}
    assert alice.call("balance", fields).outcome == (409, "currency_mismatch")
    assert alice.real == "90.00"


@pytest.mark.parametrize("currency", ["XYZ", "eur", "EURO", "€", "EUR ", "978"])
def test_case_068_a_nonsense_currency_is_refused(alice: Table, currency: str) -> None:
    assert alice.bet(currency=currency)[1].outcome == (400, "unsupported_currency")
    assert alice.real == "100.00"


def test_case_069_the_balance_is_told_exactly_never_rounded_up(wire: Wire) -> None:
    alice = seated(wire, balance="0.01999999")
    assert alice.real == "0.01999999"
    assert alice.bet("0.02")[1].outcome == (402, "insufficient_funds")


@pytest.mark.parametrize(
    "amount",
    ["1e2", "1E2", "1e-2", "01", "00", "+1", "1.", ".5", "1,5", "1 000", " 1", "1 ", "1\n", "0x10", "1_000", "", "NaN",
     "Infinity", "-Infinity", "٣", "１２", "1.０", "²", "1" * 400, "0." + "0" * 400, "--1", "1.2.3"],
)  # fmt: skip
def test_case_071_amounts_are_plain_decimals_and_nothing_else(alice: Table, amount: str) -> None:
    for name in ("bet", "win", "jackpot"):
        fields = alice.bet_fields(amount, jackpot_code="sandbox-pool")
        assert alice.call(name, fields).outcome == (400, "invalid_amount")
    assert alice.bet(jackpot_contribution=amount)[1].outcome == (400, "invalid_amount")
    assert alice.real == "100.00"
