"""A player's movements by day and kind, counted once: histories only grow, so what was counted stays true for ever.

Kept in Valkey by player; without it everything is counted anew. A reading counts at most `PER_READING` entries of each
account, so that the first look at a player with a very long history answers in time, and says that it is not done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.core.cache import cache
from redis.exceptions import RedisError

from common.money import ZERO
from wallet.selectors.player_money import DayOfKind, PlayerAccount, movements_by_day

PER_READING: Final = 25_000
KEPT_DAYS: Final = 100
KEPT_SECONDS: Final = 14 * 86_400


@dataclass(frozen=True, slots=True)
class Sum:
    """A signed amount in the wallet's currency, and how many transactions began on the accounts that it is of."""

    amount: Decimal = ZERO
    count: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.amount + other.amount, self.count + other.count)


@dataclass(frozen=True, slots=True)
class Totals:
    """What was counted: how far in each account's history, all kinds ever, and by day for the last hundred days."""

    through: dict[int, int]
    ever: dict[str, Sum]
    days: dict[date, dict[str, Sum]]
    last_deposit_at: datetime | None = None
    counted: int = 0
    of: int = 0

    @property
    def complete(self) -> bool:
        """Whether every movement up to the reading is counted."""
        return self.counted >= self.of


def totals_of(*, player_id: int, accounts: tuple[PlayerAccount, ...]) -> Totals:
    """The movements of these accounts, which are of one currency; continues where the last reading ended."""
    key = f"overview:totals:1:{player_id}:{accounts[0].currency}" if accounts else ""
    known = _remembered(key, accounts)
    rows = movements_by_day(
        after={
            account.id: known.through.get(account.id, 0)
            for account in accounts
            if account.version > known.through.get(account.id, 0)
        },
        limit=PER_READING,
    )
    totals = _joined(known, rows) if rows else known
    counted = sum(totals.through.values())
    totals = replace(totals, counted=counted, of=max(counted, sum(account.version for account in accounts)))
    if rows and key:
        _remember(key, totals)
    return totals


def _joined(known: Totals, rows: list[DayOfKind]) -> Totals:
    through, ever = dict(known.through), dict(known.ever)
    days = {day: dict(kinds) for day, kinds in known.days.items()}
    deposit = known.last_deposit_at
    for row in rows:
        one = Sum(row.amount, row.count)
        through[row.account_id] = max(row.through, through.get(row.account_id, 0))
        ever[row.kind] = ever.get(row.kind, Sum()) + one
        kinds = days.setdefault(row.day, {})
        kinds[row.kind] = kinds.get(row.kind, Sum()) + one
        if row.kind == "deposit":
            deposit = row.last_at if deposit is None else max(deposit, row.last_at)
    oldest = max(days) - timedelta(days=KEPT_DAYS)
    return Totals(through, ever, {day: kinds for day, kinds in days.items() if day >= oldest}, deposit)


def _remembered(key: str, accounts: tuple[PlayerAccount, ...]) -> Totals:
    nothing = Totals({}, {}, {})
    if not key:
        return nothing
    try:
        found = cache.get(key)
    except RedisError:
        return nothing  # slower, not wrong
    if not isinstance(found, Totals):
        return nothing
    # A restored or emptied database under an old Valkey: what was counted is longer than the history.
    versions = {account.id: account.version for account in accounts}
    return found if all(versions.get(account, -1) >= version for account, version in found.through.items()) else nothing


def _remember(key: str, totals: Totals) -> None:
    try:
        cache.set(key, totals, KEPT_SECONDS)
    except RedisError:
        return
