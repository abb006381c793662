"""Money to and from a player outside play: every credit repays what the player owes, nothing goes below zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from common.money import ZERO
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.enums import AccountKind, TransactionKind
from wallet.locks import wallet_lock
from wallet.postings import AccountState, Posting, repayment, taken_from
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import player_account_open
from wallet.services.transactions import Movement, transaction_post

# Mock credits of test players: a simulated provider gives thousands, and none is money.
SANDBOX = "provider:"


@transaction.atomic
def player_credit(
    *,
    kind: TransactionKind,
    player_id: int,
    currency: str,
    source_id: int,
    amount: Decimal,
    actor: str,
    now: datetime,
    reference: str = "",
    also: Sequence[Movement] = (),
) -> UUID:
    """Book `amount` (> 0, in `currency`) from a house account to the player's real money, which repays a receivable.

    For deposits, bonus conversions paid by the house, adjustments in the player's favour. `also` are movements of the
    house that belong to it, such as a fee or a conversion. Returns the transaction's id.
    """
    wallet_lock(player_id=player_id, currency=currency)
    booked = transaction_post(
        kind=kind,
        movements=[
            *also,
            *credit_movements(player_id=player_id, currency=currency, source_id=source_id, amount=amount),
        ],
        actor=actor,
        now=now,
        player_id=player_id,
        reference=reference,
    )
    if kind is TransactionKind.ADJUSTMENT and not actor.startswith(SANDBOX):
        _adjusted(booked, player_id, amount, currency, actor, now, reference)
    return booked


@transaction.atomic
def player_take_back(
    *,
    kind: TransactionKind,
    player_id: int,
    currency: str,
    target_id: int,
    amount: Decimal,
    actor: str,
    now: datetime,
    reference: str = "",
    also: Sequence[Movement] = (),
) -> UUID:
    """Book `amount` (> 0, in `currency`) from the player to a house account, whatever the player has.

    What the balance does not cover becomes the player's receivable: chargebacks, corrections of our own mistakes.
    `also` are movements of the house that belong to it. Returns the transaction's id.
    """
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player_id, currency=currency)
    wallet_lock(player_id=player_id, currency=currency)
    real = _account(AccountKind.PLAYER_REAL, player_id, currency)
    owed = _account(AccountKind.PLAYER_RECEIVABLE, player_id, currency)
    target = AccountState(target_id, currency)
    booked = transaction_post(
        kind=kind,
        movements=[*(_movement(posting) for posting in taken_from(real, owed, target, amount)), *also],
        actor=actor,
        now=now,
        player_id=player_id,
        reference=reference,
    )
    if kind is TransactionKind.ADJUSTMENT and not actor.startswith(SANDBOX):
        _adjusted(booked, player_id, -amount, currency, actor, now, reference)
    return booked


def credit_movements(*, player_id: int, currency: str, source_id: int, amount: Decimal) -> list[Movement]:
    """`amount` from an account to the player's real money, and on to a receivable. Needs the wallet's lock."""
    real = _account(AccountKind.PLAYER_REAL, player_id, currency)
    movements = [Movement(source_id, real.id, amount)]
    if AccountKind.PLAYER_RECEIVABLE in player_balances(player_id=player_id, currency=currency):
        receivable = _account(AccountKind.PLAYER_RECEIVABLE, player_id, currency)
        movements += [_movement(posting) for posting in repayment(real, receivable, amount)]
    return movements


def _account(kind: AccountKind, player_id: int, currency: str) -> AccountState:
    """The player's account with its balance as it stands; opened empty when it is missing."""
    opened = player_account_open(kind=kind, player_id=player_id, currency=currency)
    balance = player_balances(player_id=player_id, currency=currency).get(kind, ZERO)
    return AccountState(opened.id, currency, balance)


def _movement(posting: Posting) -> Movement:
    return Movement(posting.source.id, posting.target.id, posting.amount)


def _adjusted(
    booked: UUID, player_id: int, amount: Decimal, currency: str, actor: str, now: datetime, reference: str
) -> None:
    audit_record(
        name=EventName.BALANCE_ADJUSTED, actor=actor, now=now, subject=f"wallet.transaction:{booked}",
        reason=reference, player_id=player_id, after={"amount": amount, "currency": currency},
    )  # fmt: skip
