"""The closed list of reasons for a manual adjustment: each has its own house account, so books tell them apart.

The code is the scope of the house's adjustment account (docs/ledger.md) and never changes its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentReason:
    """One reason: which directions it allows, who may give it, and which figures it belongs to."""

    code: str
    title: str
    permission: str
    credit: bool
    debit: bool
    in_ngr: bool
    in_affiliate: bool
    taxed: bool

    def allows(self, direction: str) -> bool:
        """Whether money may go this way, "credit" (to the player) or "debit", for this reason."""
        return self.credit if direction == CREDIT else self.debit


CREDIT: Final = "credit"
DEBIT: Final = "debit"

_ALL: Final = (
    AdjustmentReason(
        code="goodwill", title="Goodwill", permission="wallet.adjust_for_goodwill",
        credit=True, debit=False, in_ngr=True, in_affiliate=True, taxed=False,
    ),
    AdjustmentReason(
        code="correction", title="Correction of an error", permission="wallet.adjust_for_correction",
        credit=True, debit=True, in_ngr=True, in_affiliate=True, taxed=False,
    ),
    AdjustmentReason(
        code="chargeback", title="Chargeback", permission="wallet.adjust_for_chargeback",
        credit=True, debit=True, in_ngr=True, in_affiliate=True, taxed=False,
    ),
    AdjustmentReason(
        code="prize", title="Tournament prize", permission="wallet.adjust_for_prize",
        credit=True, debit=False, in_ngr=True, in_affiliate=True, taxed=True,
    ),
    AdjustmentReason(
        code="migration", title="Migration of balances", permission="wallet.adjust_for_migration",
        credit=True, debit=True, in_ngr=False, in_affiliate=False, taxed=False,
    ),
)  # fmt: skip
REASONS: Final = {reason.code: reason for reason in _ALL}


def reason_titles(direction: str) -> dict[str, str]:
    """Code and title of the reasons for which money may go this way."""
    return {reason.code: reason.title for reason in _ALL if reason.allows(direction)}
