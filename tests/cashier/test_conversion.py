"""The figures of payments: docs/cashier.md's table is reckoned, and sums are exact for every amount."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casino.cashier.conversion import deposit_figures, minor, part_of, payout_figures
from casino.cashier.enums import Ownership
from casino.cashier.ownership import ownership_of
from casino.cashier.postings import counterpart, deposit_legs, payout_legs, undone
from casino.cashier.types import Rate
from common.money import ZERO

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "cashier.md").read_text()
TABLE = DOCUMENT.partition("| paid | fee | rate |")[2].partition("\n\n")[0].splitlines()[2:]
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in TABLE]


def rate_of(units: str, percent: str = "1") -> Rate:
    return Rate(
        source_units=Decimal(units), target_units=Decimal(1), source_id=1, target_id=None, valid_on=None,
        percent=Decimal(percent), margin_id=1,
    )  # fmt: skip


def number(text: str) -> Decimal:
    return Decimal(text.split()[0]) if text[0].isdigit() else ZERO


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, fee {row[1]}")
def test_the_document_reckons_right(row: list[str]) -> None:
    paid, fee, rate, _exchanged, margin, credited = row
    quoted = re.search(r"is (\S+) USD", rate)
    percent = margin.partition(" %")[0] if quoted else "0"
    figures = deposit_figures(
        amount=number(paid), currency=paid.split()[1], wallet_currency="EUR", fee=number(fee),
        rate=rate_of(quoted[1], percent) if quoted else None,
    )  # fmt: skip
    assert figures.wallet == number(credited)
    assert figures.margin == (number(margin.partition(": ")[2]) if quoted else ZERO)


def test_the_document_has_rows() -> None:
    assert len(ROWS) == 4


amounts = st.decimals(min_value=1, max_value=100_000, places=2)


@given(amount=amounts, part=st.decimals(min_value=Decimal("0.01"), max_value=1, places=2))
def test_every_currency_of_every_payment_sums_to_zero(amount: Decimal, part: Decimal) -> None:
    rate = rate_of("1.0837", "1.25")
    whole = deposit_figures(amount=amount, currency="USD", wallet_currency="EUR", fee=ZERO, rate=rate)
    taken = part_of(whole, minor(max(amount * part, Decimal("0.01")), "USD"))
    assert part_of(whole, amount) == whole
    assert taken.wallet <= whole.wallet
    for figures in (whole, taken):
        for legs in (deposit_legs(figures), payout_legs(figures)):
            assert all(leg.amount > 0 for leg in legs)
            assert undone(undone(legs)) == legs
        assert counterpart(figures).value.startswith("fx")


@given(wallet=amounts)
def test_a_payout_pays_what_the_margin_leaves(wallet: Decimal) -> None:
    rate = Rate(
        source_units=Decimal(1), target_units=Decimal("1.08"), source_id=None, target_id=1, valid_on=None,
        percent=Decimal(1), margin_id=1,
    )  # fmt: skip
    figures = payout_figures(wallet=wallet, wallet_currency="EUR", currency="USD", fee=ZERO, rate=rate)
    assert figures.wallet == wallet
    assert abs(figures.amount - (wallet - figures.margin) * Decimal("1.08")) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("told", "known", "verdict"),
    [
        ("Alice Smith", "Alice Smith", Ownership.MATCHES),
        ("SMITH ALICE", "Alice Smith", Ownership.MATCHES),
        ("Иван Петров", "Ivan Petrov", Ownership.MATCHES),
        ("A Smith", "Alice Smith", Ownership.SIMILAR),
        ("Anna Rossi", "Anna Maria Rossi", Ownership.SIMILAR),
        ("Bob Smith", "Alice Smith", Ownership.DIFFERS),
        ("Alice", "Alice Smith", Ownership.DIFFERS),
        ("", "Alice Smith", Ownership.UNKNOWN),
    ],
)
def test_whose_it_is_goes_by_the_name(told: str, known: str, verdict: Ownership) -> None:
    assert ownership_of(told, known) is verdict
