"""The money of jackpots as the back office reads it: what a pool holds and what moved it lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from casino.jackpots.models import Jackpot
from common.fresh import Fresh
from wallet.enums import AccountKind, TransactionKind
from wallet.selectors.accounts import house_account_ids, house_balances
from wallet.selectors.entries import newest_lines_of

LINES: Final = 100
KEPT_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Pool:
    """A jackpot's ledger account, None before its first contribution, and the sum on it, a few seconds old at most."""

    account_id: int | None
    balance: Decimal


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One movement of a pool, above zero when money came in; `is_contribution` when a bet or its rollback moved it."""

    transaction_id: UUID
    booked_at: datetime
    title: str
    amount: Decimal
    is_contribution: bool


def _load(_all: None) -> dict[int, Pool]:
    jackpots = list(Jackpot.objects.select_related("provider"))
    scopes = {jackpot.pk: (f"{jackpot.provider.code}:{jackpot.code}", jackpot.currency) for jackpot in jackpots}
    accounts = house_account_ids(kind=AccountKind.JACKPOT_POOL, scopes={scope for scope, _ in scopes.values()})
    balances = house_balances(list(accounts.values()))
    return {
        key: Pool(accounts.get(scope), balances.get(accounts.get(scope, 0), Decimal(0)))
        for key, scope in scopes.items()
    }


_pools: Fresh[None, dict[int, Pool]] = Fresh(_load, seconds=KEPT_SECONDS)


def pool_of(jackpot: Jackpot) -> Pool:
    """The pool of one jackpot; all pools are read together."""
    return _pools.get(None).get(jackpot.pk, Pool(None, Decimal(0)))


def pool_lines(jackpot: Jackpot) -> list[PoolLine]:
    """Movements of a pool among the newest lines of the ledger, newest first."""
    account_id = pool_of(jackpot).account_id
    if account_id is None:
        return []
    own_kinds = (TransactionKind.JACKPOT_SEED, TransactionKind.JACKPOT_WIN)
    return [
        PoolLine(
            transaction_id=entry.transaction_id,
            booked_at=entry.booked_at,
            title=entry.transaction.get_kind_display(),
            amount=entry.amount,
            is_contribution=entry.transaction.kind not in own_kinds,
        )
        for entry in newest_lines_of(account_id, size=LINES).entries
    ]


def pools_forget() -> None:
    """Drop what this process remembers; for tests."""
    _pools.forget()
