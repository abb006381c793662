"""Exact amounts: read or refused, never rounded; written back as they came; converted by one stated rule."""

from __future__ import annotations

import threading
from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.currencies import CURRENCIES, Currency
from common.money import AmountError, allocated, amount_parse, amount_text, base_amount, base_share, converted

EUR, JPY, BTC, KWD = (CURRENCIES[code] for code in ("EUR", "JPY", "BTC", "KWD"))
PLAIN = st.from_regex(r"\A(0|[1-9][0-9]{0,14})(\.[0-9]{1,18})?\Z")
POSITIVE = st.decimals(min_value=Decimal("1e-18"), max_value=Decimal(10**15), places=18)
RATES = st.decimals(min_value=Decimal("0.000001"), max_value=Decimal(10**6), places=6)


@pytest.mark.parametrize("text", ["0", "12.5", "10.005", "0.00000001", "999999999999999", "1.10000000"])
def test_plain_decimals_are_read_exactly(text: str) -> None:
    assert format(amount_parse(text, EUR), "f") == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1 ", " 1", "-1", "-0", "+1",
        "1e9", "1E2", "0x10", "NaN", "Infinity", "1,000", "1_000", "01", "00",
        ".5", "5.", "1.2.3", "١٢", "१", "1\n", "\n1", "1\u200b", "½", "²", "1000000000000000", "9" * 400,
        "0." + "1" * 400, "1.0000000000000000001", "1\x00", "१.५", "1٫5",
    ],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        amount_parse(text, BTC)


@pytest.mark.parametrize(("currency", "scale"), [(EUR, 8), (JPY, 8), (KWD, 8), (BTC, 18)])
def test_more_digits_than_the_ledger_keeps_are_refused_even_when_they_are_zeros(currency: Currency, scale: int) -> None:
    assert amount_parse("1." + "0" * scale, currency) == 1
    if scale < 18:
        with pytest.raises(AmountError, match=f"more than the {scale} decimals kept for {currency.code}"):
            amount_parse("1." + "0" * (scale + 1), currency)


@given(text=st.text(max_size=20))
def test_any_text_is_read_as_what_it_says_or_refused(text: str) -> None:
    try:
        amount = amount_parse(text, BTC)
    except AmountError:
        return
    assert Fraction(text) == Fraction(amount) >= 0


@given(text=PLAIN)
def test_an_amount_is_written_back_with_the_same_value_and_at_least_the_display_digits(text: str) -> None:
    amount = amount_parse(text, BTC)
    written = amount_text(amount, BTC)
    assert amount_parse(written, BTC) == amount
    digits = written.partition(".")[2]
    assert len(digits) >= BTC.display_digits
    assert len(digits) == BTC.display_digits or not digits.endswith("0")


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("10", EUR, "10.00"), ("10.005", EUR, "10.005"), ("10.10", EUR, "10.10"), ("0E-18", EUR, "0.00"),
        ("1E+3", EUR, "1000.00"), ("10", JPY, "10"), ("10.50", JPY, "10.5"), ("10.000", JPY, "10"), ("5", KWD, "5.000"),
        ("1e-18", BTC, "0.000000000000000001"), ("-3", EUR, "-3.00"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_the_contract_shows_them(amount: str, currency: Currency, written: str) -> None:
    assert amount_text(Decimal(amount), currency) == written


@given(amount=POSITIVE, rate=RATES)
def test_a_base_amount_is_the_nearest_eighth_decimal_and_turns_its_sign_with_its_amount(
    amount: Decimal, rate: Decimal
) -> None:
    base = base_amount(amount, rate)
    assert abs(Fraction(base) - Fraction(amount) / Fraction(rate)) <= Fraction(1, 2 * 10**8)
    assert base_amount(-amount, rate) == -base
    assert base == base.quantize(Decimal("1e-8"))


@given(amount=POSITIVE, part=st.integers(0, 10**6), rate=RATES)
def test_shares_of_a_base_amount_add_up(amount: Decimal, part: int, rate: Decimal) -> None:
    base, taken = base_amount(amount, rate), amount * part / 10**6
    share = base_share(base, taken, amount)
    assert 0 <= share <= base
    assert abs(Fraction(share) - Fraction(base) * part / 10**6) <= Fraction(1, 10**8)
    assert base_share(base, amount, amount) == base


@given(amount=POSITIVE, units=RATES, others=RATES)
def test_a_conversion_is_rounded_once(amount: Decimal, units: Decimal, others: Decimal) -> None:
    exact = Fraction(amount) * Fraction(others) / Fraction(units)
    assert abs(Fraction(converted(amount, units, others, 8)) - exact) <= Fraction(1, 2 * 10**8)
    assert converted(amount, units, units, 18) == amount


@given(amount=POSITIVE, weights=st.lists(st.decimals(0, 10**12, places=8), min_size=1, max_size=5))
def test_an_allocation_sums_exactly_and_gives_nobody_less_than_nothing(amount: Decimal, weights: list[Decimal]) -> None:
    parts = allocated(amount, weights, 18)
    assert sum(map(Fraction, parts)) == Fraction(amount)
    assert all(part >= 0 for part in parts)
    assert all(part == 0 for part, weight in zip(parts[1:], weights[1:], strict=True) if weight == 0)


def test_an_allocation_by_no_weights_goes_to_the_first() -> None:
    assert allocated(Decimal("0.01"), [Decimal(0), Decimal(0)], 8) == [Decimal("0.01"), Decimal(0)]
    assert allocated(Decimal(10), [Decimal(1), Decimal(2)], 2) == [Decimal("3.34"), Decimal("6.66")]


def test_plain_sums_are_exact_in_every_thread() -> None:
    most = Decimal("99999999999999999999.999999999999999999")
    sums: list[Decimal] = [most + most]
    thread = threading.Thread(target=lambda: sums.append(most + most))
    thread.start()
    thread.join()
    assert getcontext().prec >= 38
    assert sums == [Decimal("199999999999999999999.999999999999999998")] * 2
