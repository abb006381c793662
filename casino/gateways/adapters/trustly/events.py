"""Trustly's notifications, for a payment in (`D-…`) and for a payment out (`W-…`), in our words.

The same word means another fact for each way: a `credit` is a deposit that came, or a payout that came back. A
`credit` may follow a `cancel`, and a `debit` may be taken back by a later `credit`: each is told as it comes, the
cashier's states decide. What is not in this table is kept and flagged (PAY-03).
"""

from __future__ import annotations

from typing import Final

from casino.gateways.enums import NewsKind as Is

# method: (of a payment in, of a payment out)
_TABLE: Final[dict[str, tuple[Is, Is]]] = {
    "account": (Is.INSTRUMENT_STORED, Is.INSTRUMENT_STORED),
    "pending": (Is.DEPOSIT_PENDING, Is.PAYOUT_PENDING),
    "credit": (Is.DEPOSIT_CONFIRMED, Is.PAYOUT_RETURNED),
    # On a deposit's order: a refund was paid out, or the bank took the deposit back. Trustly says no more; where no
    # refund is open the cashier flags it.
    "debit": (Is.REFUND_DONE, Is.PAYOUT_PENDING),
    "cancel": (Is.DEPOSIT_CANCELLED, Is.PAYOUT_DECLINED),
    "payoutconfirmation": (Is.REFUND_DONE, Is.PAYOUT_CONFIRMED),
    "payoutfailed": (Is.REFUND_FAILED, Is.PAYOUT_DECLINED),
    "kyc": (Is.NOTED, Is.NOTED),
}
MONEY: Final = frozenset({"credit", "debit"})
EVENTS: Final = {
    (method, out): kind for method, kinds in _TABLE.items() for out, kind in zip((False, True), kinds, strict=True)
}
