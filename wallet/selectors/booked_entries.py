"""The entries of one booked transaction, as a reversal needs them."""

from __future__ import annotations

from uuid import UUID

from wallet.models import Entry
from wallet.postings import AccountState, BookedEntry


def booked_entries(transaction_id: UUID, states: dict[int, AccountState]) -> tuple[BookedEntry, ...]:
    """The entries in line order; `states` holds the player accounts under lock, all others are house accounts."""
    rows = Entry.objects.filter(transaction_id=transaction_id).order_by("line")
    return tuple(
        BookedEntry(
            account=states.get(account_id) or AccountState(account_id, currency),
            amount=amount,
            base_amount=base,
        )
        for account_id, currency, amount, base in rows.values_list("account_id", "currency", "amount", "base_amount")
    )
