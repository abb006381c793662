"""Postings are arithmetic: whatever is moved sums to zero, runs on without a gap, and comes back when reversed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.postings import (
    AccountState,
    BookedEntry,
    EntryLine,
    Posting,
    Purse,
    balance_of,
    entries_of,
    repayment,
    reversal_lines,
    taken_from,
)

AMOUNTS = st.decimals(min_value=Decimal("1e-18"), max_value=Decimal(10**15), places=18)
BALANCES = st.decimals(min_value=0, max_value=Decimal(10**15), places=18)
RATES = st.decimals(min_value=Decimal("0.000001"), max_value=Decimal(200000), places=6)
GAMING = AccountState(100, "EUR")


def real(balance: str | Decimal | int, version: int = 7) -> AccountState:
    return AccountState(1, "EUR", Decimal(balance), version)


def owed(amount: str | Decimal | int, version: int = 3) -> AccountState:
    """A receivable: the player owes `amount`."""
    return AccountState(2, "EUR", -Decimal(amount), version)


def moved(lines: list[EntryLine]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for line in lines:
        sums[line.account_id] = sums.get(line.account_id, Decimal(0)) + line.amount
    return sums


def assert_sound(lines: list[EntryLine], *states: AccountState) -> None:
    """Zero in sum, in base too, no empty entry, and each player account's entries follow its state without a gap."""
    assert sum(line.amount for line in lines) == 0
    assert sum(line.base_amount for line in lines) == 0
    assert all(line.amount != 0 for line in lines)
    for state in states:
        balance, version = state.available, state.version
        for line in lines:
            if line.account_id == state.id:
                balance, version = balance + line.amount, version + 1
                assert (line.balance_after, line.version) == (balance, version)
        assert balance_of(state, lines) == balance
    assert all(line.balance_after is None and line.version is None for line in lines if line.account_id >= 100)


@given(amounts=st.lists(AMOUNTS, max_size=6), rate=RATES)
def test_entries_of_any_postings_sum_to_zero_and_run_on(amounts: list[Decimal], rate: Decimal) -> None:
    purse = real(10**15)
    postings = [Posting(purse, GAMING, amount) for amount in amounts] + [Posting(GAMING, purse, a) for a in amounts]
    lines = entries_of(postings, {"EUR": rate})
    assert_sound(lines, purse)
    assert len(lines) == 4 * len(amounts)
    assert balance_of(purse, lines) == purse.available


@given(balance=BALANCES, amount=AMOUNTS, debt=BALANCES)
def test_taking_back_never_overdraws_and_never_forgives(balance: Decimal, amount: Decimal, debt: Decimal) -> None:
    purse, receivable = real(balance), owed(debt)
    lines = entries_of(taken_from(purse, receivable, GAMING, amount), {"EUR": Decimal(1)})
    assert_sound(lines, purse, receivable)
    assert balance_of(purse, lines) >= 0
    assert moved(lines).get(GAMING.id) == amount
    assert balance_of(purse, lines) == 0 or balance_of(receivable, lines) == -debt


@given(credit=AMOUNTS, debt=BALANCES)
def test_a_credit_repays_the_debt_first_and_no_more_than_it(credit: Decimal, debt: Decimal) -> None:
    purse, receivable = real(0), owed(debt)
    postings = [Posting(GAMING, purse, credit), *repayment(purse, receivable, credit)]
    lines = entries_of(postings, {"EUR": Decimal(1)})
    assert_sound(lines, purse, receivable)
    assert balance_of(purse, lines) - balance_of(receivable, lines) == abs(credit - debt)
    assert balance_of(purse, lines) == 0 or balance_of(receivable, lines) == 0


def test_nothing_is_repaid_where_nothing_is_owed_or_credited() -> None:
    assert repayment(real(5), None, Decimal(5)) == []
    assert repayment(real(5), owed(0), Decimal(5)) == []
    assert repayment(real(5), owed(5), Decimal(0)) == []


def test_the_balance_of_an_account_that_does_not_exist_is_zero() -> None:
    assert balance_of(None, []) == 0
    assert balance_of(real("3.5"), []) == Decimal("3.5")
    assert GAMING.available == 0


ENTRIES = st.lists(
    st.tuples(st.sampled_from(["real", "bonus", "receivable"]), st.booleans(), AMOUNTS), min_size=1, max_size=5
)


@given(entries=ENTRIES, balance=BALANCES, bonus=BALANCES, debt=BALANCES, rate=RATES)
def test_any_reversal_is_sound_gives_the_house_back_all_and_keeps_every_sign(
    entries: list[tuple[str, bool, Decimal]], balance: Decimal, bonus: Decimal, debt: Decimal, rate: Decimal
) -> None:
    states = {"real": real(balance), "bonus": AccountState(3, "EUR", bonus, 5), "receivable": owed(debt)}
    originals: list[BookedEntry] = []
    for name, credited, amount in entries:
        signed = amount if credited else -amount
        base = (signed / rate).quantize(Decimal("1e-8"))
        originals += [BookedEntry(GAMING, -signed, -base), BookedEntry(states[name], signed, base)]
    lines = reversal_lines(originals, {"EUR": Purse(states["real"], states["receivable"])})
    assert_sound(lines, *states.values())
    house = sum(original.amount for original in originals if original.account is GAMING)
    assert moved(lines).get(GAMING.id, Decimal(0)) == -house
    for name, state in states.items():
        left = balance_of(state, lines)
        assert left <= 0 if name == "receivable" else left >= 0


@pytest.mark.parametrize(
    ("booked", "balance", "debt", "expected"),
    [
        ("10", "10", "0", [(100, "10"), (1, "-10")]),
        ("10", "4", "0", [(100, "10"), (1, "-4"), (2, "-6")]),
        ("10", "0", "1", [(100, "10"), (2, "-10")]),
        ("-10", "0", "0", [(100, "-10"), (1, "10")]),
        ("-10", "0", "4", [(100, "-10"), (1, "10"), (1, "-4"), (2, "4")]),
        ("-10", "0", "12", [(100, "-10"), (1, "10"), (1, "-10"), (2, "10")]),
    ],
)
def test_a_reversal_takes_what_is_there_and_repays_what_is_owed(
    booked: str, balance: str, debt: str, expected: list[tuple[int, str]]
) -> None:
    amount = Decimal(booked)
    purse, receivable = real(balance), owed(debt)
    originals = [BookedEntry(purse, amount, amount), BookedEntry(GAMING, -amount, -amount)]
    lines = reversal_lines(originals, {"EUR": Purse(purse, receivable)})
    assert [(line.account_id, line.amount) for line in lines] == [(i, Decimal(text)) for i, text in expected]


def test_a_reversal_without_a_player_turns_every_sign() -> None:
    five, four = Decimal(5), Decimal(4)
    lines = reversal_lines([BookedEntry(GAMING, five, four), BookedEntry(GAMING, -five, -four)], {})
    assert [(line.amount, line.base_amount) for line in lines] == [(five, four), (-five, -four)]
