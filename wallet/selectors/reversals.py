"""What a transaction is, and what its reversal would book, before anybody books it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from common.money import ZERO
from wallet.enums import AccountKind
from wallet.models import Account, Entry, Transaction
from wallet.models.account import PLAYER_KINDS
from wallet.postings import AccountState, Purse, reversal_lines
from wallet.selectors.booked_entries import booked_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedTransaction:
    """A transaction with what was made of it; `worth` is what it moved, in the base currency."""

    id: UUID
    kind: str
    actor: str
    reference: str
    player_id: int | None
    reversed_by: UUID | None
    worth: Decimal


@dataclass(frozen=True, slots=True)
class AccountMove:
    """One account before and after; house accounts tell only the sum that moves."""

    name: str
    currency: str
    before: Decimal | None
    moved: Decimal


def transaction_get(transaction_id: UUID) -> BookedTransaction | None:
    """The transaction, or None when the ledger has none of this id."""
    row = Transaction.objects.filter(pk=transaction_id).first()
    if row is None:
        return None
    bases = Entry.objects.filter(transaction_id=transaction_id).values_list("base_amount", flat=True)
    return BookedTransaction(
        id=row.pk,
        kind=row.kind,
        actor=row.actor,
        reference=row.reference,
        player_id=row.player_id,
        reversed_by=Transaction.objects.filter(original_id=transaction_id).values_list("pk", flat=True).first(),
        worth=sum((base for base in bases if base > ZERO), ZERO),
    )


def player_balances_touched(transaction_id: UUID) -> dict[tuple[str, str], Decimal]:
    """(kind, currency) and balance of real money and receivable in each of the player's currencies it moved."""
    touched = Entry.objects.filter(transaction_id=transaction_id).values_list("account_id", flat=True)
    found: dict[tuple[str, str], Decimal] = {}
    for player_id, currency in _owners(list(touched)):
        rows = Account.objects.filter(player_id=player_id, currency=currency, scope="", balance__isnull=False)
        found |= {(kind, currency): balance or ZERO for kind, balance in rows.values_list("kind", "balance")}
    return found


def reversal_preview(transaction_id: UUID) -> list[AccountMove]:
    """Each account that a reversal would move now, the player's first. Nothing is locked or written."""
    touched = list(Entry.objects.filter(transaction_id=transaction_id).values_list("account_id", flat=True))
    accounts = {account.pk: account for account in Account.objects.filter(pk__in=touched)}
    purses: dict[str, Purse] = {}
    for player_id, currency in _owners(touched):
        own = Account.objects.filter(player_id=player_id, currency=currency, scope="")
        by_kind = {account.kind: account for account in own}
        accounts |= {account.pk: account for account in own}
        purses[currency] = Purse(
            _state(by_kind.get(AccountKind.PLAYER_REAL), -1, currency),
            _state(by_kind.get(AccountKind.PLAYER_RECEIVABLE), -2, currency),
        )
    states = {key: _state(account, key, account.currency) for key, account in accounts.items()}
    moved: dict[int, Decimal] = {}
    currencies: dict[int, str] = {}
    for line in reversal_lines(booked_entries(transaction_id, states), purses):
        moved[line.account_id] = moved.get(line.account_id, ZERO) + line.amount
        currencies[line.account_id] = line.currency
    moves = [_move(accounts.get(key), key, currencies[key], amount) for key, amount in moved.items()]
    return sorted(moves, key=lambda move: (move.before is None, move.currency, move.name))


def _owners(account_ids: list[int]) -> list[tuple[int, str]]:
    rows = Account.objects.filter(pk__in=account_ids, kind__in=PLAYER_KINDS).values_list("player_id", "currency")
    return sorted({(player_id, currency) for player_id, currency in rows if player_id is not None})


def _state(account: Account | None, key: int, currency: str) -> AccountState:
    """The account as it stands; one that is not open yet stands at zero."""
    if account is None:
        return AccountState(key, currency, ZERO)
    return AccountState(account.pk, account.currency, account.balance, account.version)


def _move(account: Account | None, key: int, currency: str, moved: Decimal) -> AccountMove:
    if account is None:
        kind = AccountKind.PLAYER_REAL if key == -1 else AccountKind.PLAYER_RECEIVABLE
        return AccountMove(kind.label, currency, ZERO, moved)
    name = AccountKind(account.kind).label
    return AccountMove(f"{name} · {account.scope}" if account.scope else name, currency, account.balance, moved)
