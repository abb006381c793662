"""Money movement as data: postings between accounts, and the entries that come out of them. No framework here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.money import ZERO, base_amount, base_share


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


@dataclass(frozen=True, slots=True)
class Purse:
    """A player's real money and receivable in one currency: what a reversal takes from and gives to first."""

    real: AccountState
    receivable: AccountState


def reversal_lines(originals: Sequence[BookedEntry], purses: Mapping[str, Purse]) -> list[EntryLine]:
    """The reversal of a transaction outside play, last entry first, by the very same base amounts (ledger.md §2).

    What a player account can not give back becomes the player's receivable; what comes back to one who owes repays
    the receivable first. `purses` holds both accounts by currency, under lock.
    """
    running = Running()
    lines: list[EntryLine] = []
    for original in reversed(originals):
        purse = purses.get(original.account.currency)
        if original.account.balance is None or purse is None:
            lines.append(running.line(original.account, -original.amount, -original.base_amount))
        else:
            lines += _given_back(original, purse, running)
    for purse in purses.values():
        lines += _repaid(purse, lines, running)
    return lines


def _given_back(original: BookedEntry, purse: Purse, running: Running) -> list[EntryLine]:
    """One player entry reversed, in two where its account can not take the whole: the rest moves its counterpart."""
    moved, base, part = -original.amount, -original.base_amount, -original.amount
    owes = original.account.id == purse.receivable.id
    if owes and moved > ZERO:
        part = min(moved, -running.balance(original.account))
    elif not owes and moved < ZERO:
        part = max(moved, -running.balance(original.account))
    part_base = base if part == moved else base_share(base, part, moved)
    parts = [
        (original.account, part, part_base),
        (purse.real if owes else purse.receivable, moved - part, base - part_base),
    ]
    return [running.line(account, amount, share) for account, amount, share in parts if amount != ZERO]


def _repaid(purse: Purse, lines: Sequence[EntryLine], running: Running) -> list[EntryLine]:
    """What the lines so far left with the player, as far as the player owes."""
    own = [line for line in lines if line.account_id == purse.real.id]
    credited = sum((line.amount for line in own), ZERO)
    amount = min(credited, -running.balance(purse.receivable))
    if amount <= ZERO:
        return []
    base = base_share(sum((line.base_amount for line in own), ZERO), amount, credited)
    return [running.line(purse.real, -amount, -base), running.line(purse.receivable, amount, base)]


class Running:
    """Balances and versions as they run on from the states under lock, entry by entry."""

    def __init__(self) -> None:
        self._at: dict[int, tuple[Decimal, int]] = {}

    def balance(self, account: AccountState) -> Decimal:
        """The balance of a player account after the entries so far."""
        at = self._at.get(account.id)
        return account.available if at is None else at[0]

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
