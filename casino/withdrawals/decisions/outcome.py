"""Where the checks lead a withdrawal: refused, frozen, waiting for documents or a person, or approved. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from casino.withdrawals.enums import Effect, WithdrawalState
from casino.withdrawals.types import Check, Numbers, Outcome, Risk
from common.money import decimal_text

STATE_OF: Final = {
    Effect.FREEZE: WithdrawalState.FROZEN,
    Effect.KYC: WithdrawalState.KYC,
    Effect.REVIEW: WithdrawalState.REVIEW,
}


def outcome_of(*, checks: Sequence[Check], risk: Risk, base: Decimal, numbers: Numbers) -> Outcome:
    """`base` is the amount in the base currency. The weightiest red rule decides; without one, amount and risk do."""
    red = tuple(check for check in checks if not check.green)
    refused = next((check for check in red if check.effect is Effect.REFUSE), None)
    for effect, state in STATE_OF.items():
        found = [check for check in red if check.effect is effect]
        if found:
            reason = f"{', '.join(check.title for check in found)}: red."
            return Outcome(state=state, reason=reason, refused=refused, red=red)
    if base > numbers.auto_amount:
        reason = f"Above {decimal_text(numbers.auto_amount)} of the base currency, which a rule may approve."
    elif risk.score > numbers.auto_risk:
        reason = f"Risk {risk.score} is above {numbers.auto_risk}, up to which a rule may approve."
    else:
        words = f"All rules are green, amount and risk {risk.score} within rule {numbers.rule_id or 'of the house'}."
        return Outcome(state=WithdrawalState.APPROVED, reason=words, auto=True, refused=refused, red=red)
    return Outcome(state=WithdrawalState.REVIEW, reason=reason, refused=refused, red=red)
