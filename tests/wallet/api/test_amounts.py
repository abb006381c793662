"""Amounts over the wire: exact or refused, for anything that can be written (Hypothesis)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wallet.api.house import House
from tests.wallet.api.table import Table, seated
from tests.wallet.api.wire import Wire

QUICK = settings(
    max_examples=80, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
SCALES = {"EUR": 8, "JPY": 8, "KWD": 8, "BTC": 18, "ETH": 18}


def plain(text: str, scale: int) -> bool:
    """The contract's rule, written a second time without a regular expression."""
    whole, dot, digits = text.partition(".")
    ascii_digits = all(c in "0123456789" for c in whole + digits)
    no_leading_zero = whole == "0" or not whole.startswith("0")
    return ascii_digits and 1 <= len(whole) <= 15 and no_leading_zero and (1 <= len(digits) <= scale if dot else True)


@pytest.mark.parametrize("currency", SCALES)
@QUICK
@given(
    text=st.text(alphabet="0123456789.", max_size=20)
    | st.text(max_size=8)
    | st.from_regex(r"[0-9]{1,16}\.[0-9]{1,19}", fullmatch=True)
)
def test_an_amount_is_a_plain_decimal_of_the_currencys_scale_or_refused(house: House, currency: str, text: str) -> None:
    """Of a player who does not exist, so that good amounts get as far as player_not_found."""
    fields = {
        "transaction_id": f"amount-{currency}-{text!r}"[:255], "player_id": "pl_nobody", "game_code": "sandbox-slot",
        "round_id": "r", "amount": text, "currency": currency,
    }  # fmt: skip
    reply = house.wire.post("win", fields)
    expected = (404, "player_not_found") if plain(text, SCALES[currency]) else (400, "invalid_amount")
    assert reply.outcome == expected, reply.body


@pytest.fixture(scope="module")
def whales(house: House) -> dict[str, Table]:
    """One player for each currency whose balance only these tests move."""
    return {currency: seated(house.wire, currency=currency, balance="0") for currency in ("EUR", "ETH")}


@pytest.mark.parametrize("currency", ["EUR", "ETH"])
@QUICK
@given(units=st.integers(0, 10**33 - 1))
def test_what_is_won_and_rolled_back_is_told_exactly(whales: dict[str, Table], currency: str, units: int) -> None:
    alice = whales[currency]
    scale = SCALES[currency]
    amount = f"{units % 10 ** (14 + scale) * Decimal(1).scaleb(-scale):f}" if units else "0"
    bet = alice.placed("0")
    win = alice.win_fields(bet, amount)
    before, won = Decimal(alice.real), alice.call("win", win)
    assert won.code == "ok", won.body
    assert Decimal(won.real) == Decimal(before + Decimal(amount))
    state = alice.wire.get("transactions/" + win["transaction_id"]).json
    assert Decimal(state["amount"]) == Decimal(amount)
    assert Decimal(alice.rollback(win).real) == before


def test_equal_amounts_written_differently_are_the_same_content_and_others_are_not(wire: Wire) -> None:
    alice = seated(wire, currency="ETH", balance="1")
    win = alice.win_fields(alice.placed("0"), "123456789012345.123456789012345670")
    assert alice.call("win", win).code == "ok"
    assert alice.call("win", {**win, "amount": "123456789012345.12345678901234567"}).replayed
    other = alice.call("win", {**win, "amount": "123456789012345.123456789012345671"})
    assert other.outcome == (409, "idempotency_conflict")
