"""The currency table: ISO 4217's own exponents, and scales that the ledger's columns can hold."""

from __future__ import annotations

import re

import pytest

from common.currencies import CURRENCIES, currency_choices, currency_get


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("EUR", 2), ("JPY", 0), ("KWD", 3), ("IQD", 3), ("ISK", 0), ("CLP", 0), ("AFN", 2), ("XCG", 2), ("ZWG", 2),
        ("BTC", 8),
    ],
)  # fmt: skip
def test_minor_digits_are_iso_4217s_and_not_cldrs(code: str, digits: int) -> None:
    currency = currency_get(code)
    assert currency is not None
    assert currency.display_digits == digits


def test_every_currency_can_be_kept_and_shown() -> None:
    for code, currency in CURRENCIES.items():
        assert code == currency.code
        assert re.fullmatch(r"[A-Z]{3,5}", code)
        assert 0 <= currency.display_digits <= currency.ledger_scale <= 18
        assert currency.name.strip() == currency.name != ""


def test_codes_are_matched_exactly() -> None:
    for text in ("eur", "EUR ", "", "XXX", "EURO", "€"):
        assert currency_get(text) is None


def test_choices_for_forms_are_sorted_and_complete() -> None:
    codes = [code for code, _label in currency_choices()]
    assert codes == sorted(CURRENCIES)
