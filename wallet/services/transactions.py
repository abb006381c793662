"""Booking a transaction outside the providers' hot path: deposits, adjustments, holds, reversals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, transaction

from common.errors import BrokenPromise
from common.ids import uuid7
from common.money import ZERO
from wallet.enums import TransactionKind
from wallet.errors import AlreadyReversed, InsufficientFunds
from wallet.locks import accounts_lock
from wallet.postings import EntryLine, Posting, entries_of
from wallet.selectors.rates import units_per_base

NEVER_NEGATIVE = "player_balance_never_negative"
REVERSED_ONCE = "reversed_at_most_once"


@dataclass(frozen=True, slots=True)
class Movement:
    """`amount` (> 0) goes from one account to another, both by id, in their common currency."""

    source_id: int
    target_id: int
    amount: Decimal

    def __post_init__(self) -> None:
        """Raises ValueError: the ledger would book a negative amount as money going the other way."""
        if not (self.amount.is_finite() and self.amount > ZERO):
            raise ValueError("the amount of a movement is a number above zero")


@transaction.atomic
def transaction_post(
    *,
    kind: TransactionKind,
    movements: Sequence[Movement],
    actor: str,
    now: datetime,
    player_id: int | None = None,
    reference: str = "",
    original_id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> UUID:
    """Book one transaction whole: lock the player accounts in order, read the rates, write transaction and entries.

    Returns the transaction's id. Raises InsufficientFunds when a player account would go below zero.
    """
    states = accounts_lock(account_ids=[i for m in movements for i in (m.source_id, m.target_id)])
    postings = [Posting(states[m.source_id], states[m.target_id], m.amount) for m in movements]
    rates = {currency: units_per_base(currency, now) for currency in {p.source.currency for p in postings}}
    lines = entries_of(postings, {currency: rate.units_per_base for currency, rate in rates.items()})
    foreign = next((rate.id for rate in rates.values() if rate.id is not None), None)
    return transaction_write(
        kind=kind,
        lines=lines,
        actor=actor,
        now=now,
        player_id=player_id,
        reference=reference,
        original_id=original_id,
        fx_rate_id=foreign,
        occurred_at=occurred_at,
    )


def transaction_write(
    *,
    kind: TransactionKind,
    lines: Sequence[EntryLine],
    actor: str,
    now: datetime,
    player_id: int | None,
    reference: str,
    original_id: UUID | None,
    fx_rate_id: int | None,
    occurred_at: datetime | None,
) -> UUID:
    """Write entries computed under lock.

    Raises InsufficientFunds, AlreadyReversed, and BrokenPromise when the database finds them unsound.
    """
    transaction_id = uuid7()
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT wallet_post(%s, %s, %s, NULL, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    transaction_id,
                    kind.value,
                    player_id,
                    actor,
                    reference,
                    original_id,
                    fx_rate_id,
                    occurred_at,
                    now,
                    [line.account_id for line in lines],
                    [line.currency for line in lines],
                    [line.amount for line in lines],
                    [line.base_amount for line in lines],
                    [line.balance_after for line in lines],
                    [line.version for line in lines],
                ],
            )
    except IntegrityError as error:
        promise = error.__cause__.diag.constraint_name if isinstance(error.__cause__, psycopg.Error) else None
        if promise == NEVER_NEGATIVE:
            raise InsufficientFunds from error
        if promise == REVERSED_ONCE:
            raise AlreadyReversed from error
        raise BrokenPromise(str(error).partition("\n")[0]) from error
    return transaction_id
