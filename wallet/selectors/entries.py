"""Entries as the back office reads them: by transaction, by account and version, never by a scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from wallet.enums import AccountKind
from wallet.models import Account, Entry

NEWEST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Lines of an account, newest first; `older_than` is the version to ask for next, None at the account's start."""

    entries: Sequence[Entry]
    older_than: int | None
    complete: bool = True


def entries_of_transaction(transaction_id: UUID) -> QuerySet[Entry]:
    """The lines of one transaction in their order, with their accounts."""
    return Entry.objects.filter(transaction_id=transaction_id).select_related("account").order_by("line")


def statement_page(account: Account, *, below: int | None = None, size: int = 50) -> StatementPage:
    """Up to `size` lines of an account that keeps a balance, below a version, newest first."""
    rows = Entry.objects.filter(account=account, account_version__isnull=False)
    if below is not None:
        rows = rows.filter(account_version__lt=below)
    entries = list(rows.select_related("transaction").order_by("-account_version")[: size + 1])
    more = len(entries) > size
    shown = entries[:size]
    return StatementPage(shown, shown[-1].account_version if more and shown else None)


def newest_lines_of(account_id: int, *, size: int = 50) -> StatementPage:
    """Up to `size` lines of a house account among the newest `NEWEST_LINES` of the ledger.

    House entries have no place in a history and no index by account (ADR 0003); `complete` is false, because older
    lines may exist.
    """
    newest = Entry.objects.order_by("-transaction_id", "-line").values("transaction_id")
    floor = newest[NEWEST_LINES - 1 : NEWEST_LINES].values_list("transaction_id", flat=True).first()
    rows = Entry.objects.filter(account_id=account_id)
    if floor is not None:
        rows = rows.filter(transaction_id__gte=floor)
    entries = list(rows.select_related("transaction").order_by("-transaction_id", "-line")[:size])
    return StatementPage(entries, None, complete=floor is None and len(entries) < size)


def player_balances_after(transaction_ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """What each transaction left on the player's real and bonus accounts that it touched, added up.

    Transactions that moved no player money are missing.
    """
    playable = (AccountKind.PLAYER_REAL, AccountKind.PLAYER_BONUS)
    last: dict[tuple[UUID, int], Decimal] = {}
    rows = Entry.objects.filter(transaction_id__in=transaction_ids, account__kind__in=playable)
    for entry in rows.order_by("transaction_id", "line"):
        if entry.balance_after is not None:
            last[entry.transaction_id, entry.account_id] = entry.balance_after
    sums: dict[UUID, Decimal] = {}
    for (transaction_id, _account), balance in last.items():
        sums[transaction_id] = sums.get(transaction_id, Decimal(0)) + balance
    return sums
