"""Money movement as data: postings between accounts, and the entries that come out of them. No framework here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.money import ZERO, base_amount


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account as it stood under its lock. `balance` is None for house accounts, which keep none."""

    id: int
    currency: str
    balance: Decimal | None = None
    version: int = 0

    @property
    def available(self) -> Decimal:
        """The balance of a player account; zero for a house account."""
        return ZERO if self.balance is None else self.balance


@dataclass(frozen=True, slots=True)
class Posting:
    """`amount` (> 0, in the accounts' common currency) goes from `source` to `target`."""

    source: AccountState
    target: AccountState
    amount: Decimal


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry to be written; `balance_after` and `version` are None for house accounts."""

    account_id: int
    currency: str
    amount: Decimal
    base_amount: Decimal
    balance_after: Decimal | None
    version: int | None


def taken_from(purse: AccountState, receivable: AccountState, target: AccountState, amount: Decimal) -> list[Posting]:
    """Take `amount` from the purse; what it can not cover becomes the player's receivable (ledger.md §2)."""
    covered = min(purse.available, amount)
    parts = [Posting(purse, target, covered), Posting(receivable, target, amount - covered)]
    return [part for part in parts if part.amount > ZERO]


def repayment(purse: AccountState, receivable: AccountState | None, credited: Decimal) -> list[Posting]:
    """A credit repays the receivable first: what the player owes, at most what was credited."""
    if receivable is None or receivable.available >= ZERO or credited <= ZERO:
        return []
    return [Posting(purse, receivable, min(credited, -receivable.available))]


@dataclass(frozen=True, slots=True)
class BookedEntry:
    """An entry as it was booked, with its account as it stands now under lock."""

    account: AccountState
    amount: Decimal
    base_amount: Decimal


def reversed_lines(originals: Sequence[BookedEntry], running: Running) -> list[EntryLine]:
    """A reversal: every entry of the original with the opposite sign and the very same base amount, last one first."""
    return [running.line(o.account, -o.amount, -o.base_amount) for o in reversed(originals)]


class Running:
    """Balances and versions as they run on from the states under lock, entry by entry."""

    def __init__(self) -> None:
        self._at: dict[int, tuple[Decimal, int]] = {}

    def line(self, account: AccountState, amount: Decimal, base: Decimal) -> EntryLine:
        """The next entry of `account`."""
        if account.balance is None:
            return EntryLine(account.id, account.currency, amount, base, None, None)
        balance, version = self._at.get(account.id, (account.balance, account.version))
        self._at[account.id] = balance, version = balance + amount, version + 1
        return EntryLine(account.id, account.currency, amount, base, balance, version)

    def lines(self, postings: Iterable[Posting], units_per_base: Mapping[str, Decimal]) -> list[EntryLine]:
        """Two entries for each posting, with the base amount at the rate given for its currency."""
        lines: list[EntryLine] = []
        for posting in postings:
            base = base_amount(posting.amount, units_per_base[posting.source.currency])
            lines.append(self.line(posting.source, -posting.amount, -base))
            lines.append(self.line(posting.target, posting.amount, base))
        return lines


def entries_of(postings: Iterable[Posting], units_per_base: Mapping[str, Decimal]) -> list[EntryLine]:
    """The entries of a whole transaction's postings, in their order."""
    return Running().lines(postings, units_per_base)


def balance_of(account: AccountState | None, lines: Iterable[EntryLine]) -> Decimal:
    """The balance that `account` has once the lines are booked; zero when there is no such account."""
    if account is None:
        return ZERO
    balance = account.available
    for line in lines:
        if line.account_id == account.id and line.balance_after is not None:
            balance = line.balance_after
    return balance
