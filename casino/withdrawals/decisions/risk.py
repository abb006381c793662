"""How risky a withdrawal is: named factors with weights from the row of rules, added up. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from casino.withdrawals.types import Risk, RiskFacts
from common.money import ZERO

# The points where a row of rules names none, and the words.
FACTORS: Final[dict[str, tuple[int, str, Callable[[RiskFacts], bool]]]] = {
    "new_account": (15, "Account younger than 7 days", lambda f: f.account_age < timedelta(days=7)),
    "first_withdrawal": (10, "First withdrawal", lambda f: f.withdrawals_before == 0),
    "much_more_than_deposited": (
        20, "More than five times of all deposits", lambda f: f.amount > f.deposited * Decimal(5)
    ),
    "one_big_win": (10, "Half of it or more is one win", lambda f: f.biggest_win * 2 >= f.amount and f.biggest_win > 0),
    "new_instrument": (15, "To an instrument that is new", lambda f: f.new_instrument),
    "new_device": (15, "A new device in the last 3 days", lambda f: f.new_device),
    "new_address": (5, "A new network address in the last 3 days", lambda f: f.new_address),
    "adjusted": (10, "Money was given by hand in the period", lambda f: f.adjusted > ZERO),
    "chargeback": (40, "Chargebacks", lambda f: f.chargebacks > 0),
    "linked": (20, "Linked accounts", lambda f: f.linked > 0),
    "rejected_before": (15, "Withdrawals were rejected before", lambda f: f.rejected_before > 0),
    "not_played": (20, "Deposits were not staked", lambda f: f.turnover_left > ZERO),
    "failed_sign_ins": (10, "Five or more failed sign-ins in 3 days", lambda f: f.failed_sign_ins >= 5),
}  # fmt: skip


def risk_of(facts: RiskFacts, weights: Mapping[str, int]) -> Risk:
    """The score, at most 100, and every factor that applies with its points."""
    found = [
        (name, weights.get(name, points), words) for name, (points, words, applies) in FACTORS.items() if applies(facts)
    ]
    return Risk(score=min(100, sum(points for _name, points, _words in found)), factors=tuple(found))
