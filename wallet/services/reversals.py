"""Taking back a transaction outside play: a new transaction with the postings reversed, once (docs/ledger.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.enums import AccountKind, TransactionKind
from wallet.errors import AlreadyReversed, NotReversible, TransactionUnknown
from wallet.locks import accounts_lock, wallet_lock
from wallet.models import Account, Entry, Transaction
from wallet.models.account import PLAYER_KINDS
from wallet.postings import Purse, reversal_lines
from wallet.selectors.booked_entries import booked_entries
from wallet.services.accounts import player_account_open
from wallet.services.transactions import transaction_write

GATEWAY: Final = "gateway:"
# Play is taken back by the provider's rollback alone; a hold ends by being released or paid.
REVERSIBLE: Final = frozenset(
    {
        TransactionKind.DEPOSIT,
        TransactionKind.CHARGEBACK,
        TransactionKind.ADJUSTMENT,
        TransactionKind.BONUS_GRANT,
        TransactionKind.BONUS_CONVERSION,
        TransactionKind.BONUS_FORFEIT,
        TransactionKind.CONVERSION,
        TransactionKind.JACKPOT_SEED,
    }
)


@transaction.atomic
def transaction_reverse(*, transaction_id: UUID, actor: str, now: datetime, reason: str) -> UUID:
    """Book the reversal of a transaction, at its own rate and base amounts. Returns the new transaction's id.

    What the player's balance can not give back becomes the player's receivable. `reason` is kept as the reversal's
    reference, at most 300 characters. Raises TransactionUnknown, NotReversible, AlreadyReversed.
    """
    original = Transaction.objects.filter(pk=transaction_id).first()
    if original is None:
        raise TransactionUnknown
    # What a gateway brought is taken back where it is known: by its own news, or a refund (casino.cashier).
    if original.kind not in REVERSIBLE or (original.actor.startswith(GATEWAY) and not actor.startswith(GATEWAY)):
        raise NotReversible(kind=original.kind)
    touched = list(Entry.objects.filter(transaction_id=transaction_id).values_list("account_id", flat=True))
    purses = _purses(original.player_id, touched)
    states = accounts_lock(account_ids=touched + [a for purse in purses for a in purse])
    if Transaction.objects.filter(original_id=transaction_id).exists():
        raise AlreadyReversed
    lines = reversal_lines(
        booked_entries(transaction_id, states),
        {states[real].currency: Purse(states[real], states[owed]) for real, owed in purses},
    )
    reversal = transaction_write(
        kind=TransactionKind.ROLLBACK,
        lines=lines,
        actor=actor,
        now=now,
        player_id=original.player_id,
        reference=reason,
        original_id=transaction_id,
        fx_rate_id=original.fx_rate_id,
        occurred_at=None,
    )
    audit_record(
        name=EventName.TRANSACTION_REVERSED, actor=actor, now=now, subject=f"wallet.transaction:{transaction_id}",
        reason=reason, player_id=original.player_id, before={"kind": original.kind, "reversed_by": None},
        after={"kind": original.kind, "reversed_by": reversal},
    )  # fmt: skip
    return reversal


def _purses(player_id: int | None, touched: list[int]) -> list[tuple[int, int]]:
    """Ids of real money and receivable in each currency of the player that was touched, with the wallets locked."""
    if player_id is None:
        return []
    accounts = Account.objects.filter(pk__in=touched, kind__in=PLAYER_KINDS)
    purses = []
    for currency in sorted(set(accounts.values_list("currency", flat=True))):
        wallet_lock(player_id=player_id, currency=currency)
        real = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player_id, currency=currency)
        owed = player_account_open(kind=AccountKind.PLAYER_RECEIVABLE, player_id=player_id, currency=currency)
        purses.append((real.id, owed.id))
    return purses
