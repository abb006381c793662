"""docs/ledger.md tells the truth: its worked examples are executed, entry by entry, and its tables compared."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from common.money import base_amount
from tests.wallet.ledger_document import Column, Step, Story, stories, table_after
from tests.wallet.storyteller import Storyteller
from tests.wallet.verification.quiet import everything_verified
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Account, Entry, Transaction

STORIES = stories()


def booked_on(column: Column, transactions: Iterable[Transaction]) -> list[Decimal]:
    """The amounts that the transactions booked on the column's account, in the order of their lines."""
    rows = Entry.objects.filter(transaction__in=list(transactions), account__kind=column.kind, currency=column.currency)
    return list(rows.order_by("line").values_list("base_amount" if column.base else "amount", flat=True))


def balance_on(column: Column) -> Decimal:
    """What stands on the column's account: its own balance where it keeps one, else the sum of its entries."""
    account = Account.objects.filter(kind=column.kind, currency=column.currency, balance__isnull=False).first()
    if account is not None and account.balance is not None and not column.base:
        return account.balance
    return sum(booked_on(column, Transaction.objects.all()), Decimal(0))


def assert_booked(step: Step, transactions: list[Transaction]) -> None:
    assert {column: booked_on(column, transactions) for column in step.booked} == step.booked, step.what
    shown = sum(len(amounts) for column, amounts in step.booked.items() if not column.base)
    assert shown == Entry.objects.filter(transaction__in=transactions).count(), f"{step.what}: entries left out"


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES, ids=str)
def test_the_books_say_what_the_document_says(story: Story) -> None:
    teller = Storyteller(story.setting)
    for step in story.steps:
        assert_booked(step, teller.tell(step.what))
    assert {column: balance_on(column) for column in story.balance} == story.balance
    everything_verified()


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_every_row_and_every_balance_of_the_document_sums_to_zero(story: Story) -> None:
    rows = [(step.what, {c: sum(amounts, Decimal(0)) for c, amounts in step.booked.items()}) for step in story.steps]
    for what, amounts in [*rows, ("balance", story.balance)]:
        sums: dict[tuple[str, bool], Decimal] = {}
        for column, amount in amounts.items():
            key = column.currency, column.base
            sums[key] = sums.get(key, Decimal(0)) + amount
        assert not any(sums.values()), f"{story.title}, {what}: {sums}"


def test_the_document_has_the_examples_that_an_accountant_asks_for() -> None:
    told = {word for story in STORIES for step in story.steps for word in step.what.split()}
    assert {"bet", "win", "rollback", "jackpot", "deposit", "hold", "release", "pay", "adjustment"} <= told
    assert {"reversal", "chargeback", "convert", "granted", "converted", "forfeited"} <= told
    assert len(STORIES) == 18


def codes_below(heading: str) -> list[str]:
    return sorted(row[1].strip("`") for row in table_after(heading))


def test_the_chart_of_accounts_is_complete() -> None:
    assert codes_below("## Chart of accounts") == sorted(AccountKind.values)


def test_every_kind_of_transaction_has_its_postings_explained() -> None:
    assert codes_below("## Postings") == sorted(TransactionKind.values)


@pytest.mark.parametrize("row", table_after("## Amounts, rates and rounding"), ids=str)
def test_base_amounts_are_rounded_as_the_document_says(row: list[str]) -> None:
    amount, rate, told = row
    assert base_amount(Decimal(amount.split()[0]), Decimal(rate)) == Decimal(told)
