"""From a bet, a win or a jackpot to postings (docs/ledger.md). Pure: no framework, no look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from common.money import ZERO
from wallet.postings import AccountState, Posting, repayment, taken_from


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The house's side of a provider's play in one currency; the pool accounts only where a jackpot is concerned.

    `pool_fx` and `gaming_fx` are there when pool and player differ in currency.
    """

    gaming: AccountState
    pool: AccountState | None = None
    funding: AccountState | None = None
    gaming_fx: AccountState | None = None
    pool_fx: AccountState | None = None


def _moves(postings: list[Posting]) -> list[Posting]:
    return [posting for posting in postings if posting.amount > ZERO]


def bet_postings(
    *, house: House, real: AccountState, bonus: AccountState | None, stake_real: Decimal, stake_bonus: Decimal
) -> list[Posting]:
    """Player real and bonus, as split -> gaming of the provider."""
    postings = [Posting(real, house.gaming, stake_real)]
    if bonus is not None:
        postings.append(Posting(bonus, house.gaming, stake_bonus))
    return _moves(postings)


def contribution_postings(*, house: House, amount: Decimal, in_pool: Decimal) -> list[Posting]:
    """Gaming -> jackpot pool, through the FX accounts where the pool is in another currency (`in_pool`)."""
    if house.pool is None or amount == ZERO:
        return []
    if house.gaming_fx is None or house.pool_fx is None:
        return [Posting(house.gaming, house.pool, amount)]
    return _moves([Posting(house.gaming, house.gaming_fx, amount), Posting(house.pool_fx, house.pool, in_pool)])


def win_postings(
    *,
    house: House,
    real: AccountState,
    bonus: AccountState | None,
    receivable: AccountState | None,
    win_real: Decimal,
    win_bonus: Decimal,
) -> list[Posting]:
    """Gaming -> player real and bonus, by the bet's split; a receivable is repaid first."""
    postings = [Posting(house.gaming, real, win_real)]
    if bonus is not None:
        postings.append(Posting(house.gaming, bonus, win_bonus))
    return _moves(postings) + repayment(real, receivable, win_real)


def win_reversal_postings(
    *,
    house: House,
    real: AccountState,
    bonus: AccountState | None,
    receivable: AccountState,
    win_real: Decimal,
    win_bonus: Decimal,
) -> list[Posting]:
    """The win taken back: what the balances do not cover becomes the player's receivable."""
    postings = taken_from(real, receivable, house.gaming, win_real)
    if bonus is not None:
        postings += taken_from(bonus, receivable, house.gaming, win_bonus)
    return postings


def jackpot_postings(
    *,
    house: House,
    real: AccountState,
    receivable: AccountState | None,
    amount: Decimal,
    in_pool: Decimal,
    pool_balance: Decimal,
    seed: Decimal,
) -> list[Posting]:
    """Jackpot pool -> player real, then the top-up that brings the pool back to its seed."""
    if house.pool is None or house.funding is None:
        raise ValueError("a jackpot needs its pool and its funding account")
    if house.gaming_fx is None or house.pool_fx is None:
        postings = [Posting(house.pool, real, amount)]
    else:
        postings = [Posting(house.pool, house.pool_fx, in_pool), Posting(house.gaming_fx, real, amount)]
    top_up = Posting(house.funding, house.pool, max(ZERO, seed - (pool_balance - in_pool)))
    return _moves([*postings, top_up]) + repayment(real, receivable, amount)
