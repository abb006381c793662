"""Whether deposits were staked often enough: real stakes alone, and only those since the deposit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from casino.withdrawals.types import Turnover
from common.money import ZERO


def turnover_of(deposits: Sequence[tuple[Decimal, Decimal]], times: Decimal) -> Turnover:
    """`deposits` in order of time, each with what was staked after it and before the next one.

    A stake works off what was deposited before it; what is staked beyond that is not kept for later deposits.
    """
    left = required = staked = ZERO
    for deposited, after in deposits:
        left += deposited * times
        required += deposited * times
        staked += after
        left = max(ZERO, left - after)
    return Turnover(required=required, staked=staked, left=left)
