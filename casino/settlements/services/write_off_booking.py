"""What a write-off books: the break's amount leaves clearing for the adjustments of reason "settlement", or back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from casino.settlements.models import Break, WriteOff
from common.money import ZERO
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account
from wallet.services.transactions import Movement, transaction_post

REASON: Final = "settlement"


def write_off_standing(row: Break) -> WriteOff | None:
    """The write-off of a break that nothing took back."""
    return WriteOff.objects.filter(of=row, undoes=None, undone_by=None).first()


def write_off_book(row: Break, amount: Decimal, *, reference: str, actor: str, now: datetime) -> UUID:
    """Post `amount` (signed as the break's: what the files have more than the ledger) out of clearing."""
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope=row.gateway, currency=row.currency).id
    reason = house_account(kind=AccountKind.ADJUSTMENT, scope=REASON, currency=row.currency).id
    ends = (clearing, reason) if amount > ZERO else (reason, clearing)
    return transaction_post(
        kind=TransactionKind.ADJUSTMENT, movements=[Movement(*ends, abs(amount))], actor=actor, now=now,
        reference=reference,
    )  # fmt: skip


def write_off_undo(booked: WriteOff, *, actor: str, now: datetime) -> WriteOff:
    """The break came right after all: what was written off is booked back. Call it within a transaction."""
    row = booked.of
    posted = write_off_book(row, -row.amount, reference=f"break {row.pk} came right", actor=actor, now=now)
    return WriteOff.objects.create(of=row, transaction_id=posted, undoes=booked, at=now)
