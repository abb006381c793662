"""Which level the policy asks of a person, by the money that moved. Pure (AML-01, AML-04, AML-06).

Each sum is compared on its own: deposits and withdrawals are not added together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from compliance.kyc.enums import Due, Level
from compliance.policy.keys import PolicyKey

ASKS: Final = (
    (Due.LIFETIME, PolicyKey.KYC_LIFETIME, Level.FUNDS),
    (Due.ROLLING_180D, PolicyKey.KYC_ROLLING_180D, Level.FUNDS),
    (Due.LINKED_24H, PolicyKey.KYC_LINKED_24H, Level.ADDRESS),
    (Due.DEPOSITS, PolicyKey.KYC_DEPOSIT_THRESHOLD, Level.IDENTITY),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a person moved over all accounts, in the base currency."""

    deposited: Decimal
    deposited_24h: Decimal
    withdrawn_24h: Decimal
    deposited_180d: Decimal

    def of(self, due: Due) -> Decimal:
        """The sum that a trigger looks at: the larger one where it looks at two."""
        match due:
            case Due.LINKED_24H:
                return max(self.deposited_24h, self.withdrawn_24h)
            case Due.ROLLING_180D:
                return self.deposited_180d
        return self.deposited


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A level that is asked for: by which trigger, with the sum and the threshold that it passed, in base currency."""

    due: Due
    level: Level
    policy_row: int
    reached: Decimal
    threshold: Decimal


def asks_of(sums: Sums, thresholds: Mapping[Due, tuple[Decimal, int]]) -> tuple[Ask, ...]:
    """Everything that is asked for, the highest level first. `thresholds`: (base amount, row of policy) by trigger."""
    return tuple(
        Ask(due=due, level=level, policy_row=thresholds[due][1], reached=sums.of(due), threshold=thresholds[due][0])
        for due, _key, level in ASKS
        if due in thresholds and sums.of(due) >= thresholds[due][0]
    )
