"""Transactions as the back office finds them."""

from __future__ import annotations

from uuid import UUID

from wallet.models import Transaction


def transaction_exists(transaction_id: UUID) -> bool:
    """Whether the ledger has booked this transaction."""
    return Transaction.objects.filter(pk=transaction_id).exists()
