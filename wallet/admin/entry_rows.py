"""Entries as rows of tables: composite keys keep them from having a screen of their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from common.backoffice.display import NOTHING, money, precise, record_link
from wallet.models import Entry

STATEMENT_HEADERS = ("Version", "Time (UTC)", "What", "Amount", "Balance after", "In base currency", "Transaction")
LINE_HEADERS = ("Line", "Account", "Amount", "In base currency", "Balance after", "Version")


def statement_row(entry: Entry) -> tuple[object, ...]:
    """An entry on its account's page."""
    return (
        NOTHING if entry.account_version is None else f"{entry.account_version:,}",
        precise(entry.booked_at),
        entry.transaction.get_kind_display(),
        money(entry.amount, entry.currency),
        money(entry.balance_after, entry.currency),
        money(entry.base_amount, settings.BASE_CURRENCY),
        record_link("wallet.transaction", entry.transaction_id, "Open"),
    )


def line_row(entry: Entry) -> tuple[object, ...]:
    """An entry on its transaction's page."""
    return (
        entry.line,
        record_link("wallet.account", entry.account_id, account_name(entry)),
        money(entry.amount, entry.currency),
        money(entry.base_amount, settings.BASE_CURRENCY),
        money(entry.balance_after, entry.currency),
        NOTHING if entry.account_version is None else f"{entry.account_version:,}",
    )


def sum_rows(entries: Iterable[Entry]) -> list[tuple[object, ...]]:
    """One row a currency: what the lines sum to, which is zero."""
    entries = list(entries)
    rows: list[tuple[object, ...]] = []
    for currency in sorted({entry.currency for entry in entries}):
        total = sum(entry.amount for entry in entries if entry.currency == currency)
        rows.append(("", f"Sum in {currency}", money(total, currency) if total else f"0 {currency}", "", "", ""))
    return rows


def account_name(entry: Entry) -> str:
    """The account's kind with its owner or scope."""
    account = entry.account
    owner = f"player {account.player_id}" if account.player_id else account.scope
    return f"{account.get_kind_display()} · {owner}" if owner else account.get_kind_display()
