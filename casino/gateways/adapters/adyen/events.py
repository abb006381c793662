"""Every event code of Adyen's standard webhook (specification v1: 48), succeeded and failed, in our words.

`success: false` of a modification says that the request for it failed: the payment stands as it stood. What is not in
this table is kept and flagged (PAY-03).
"""

from __future__ import annotations

from typing import Final

from casino.gateways.enums import NewsKind as Is

# Told about a refund, which Adyen names with a reference of its own.
REFUND_CODES: Final = frozenset(
    {"REFUND", "REFUND_FAILED", "REFUNDED_REVERSED", "REFUND_WITH_DATA", "POSTPONED_REFUND", "VOID_PENDING_REFUND"}
)

# event: (what it means when it succeeded, when it failed)
_TABLE: Final[dict[str, tuple[Is, Is]]] = {
    "AUTHORISATION": (Is.DEPOSIT_CONFIRMED, Is.DEPOSIT_DECLINED),
    "PENDING": (Is.DEPOSIT_PENDING, Is.DEPOSIT_PENDING),
    "AUTHORISATION_ADJUSTMENT": (Is.NOTED, Is.NOTED),
    "CAPTURE": (Is.NOTED, Is.UNKNOWN),
    "CAPTURE_FAILED": (Is.DEPOSIT_REVERSED, Is.UNKNOWN),
    # The three that end an authorisation: what was credited on it never comes.
    "CANCELLATION": (Is.DEPOSIT_REVERSED, Is.NOTED),
    "TECHNICAL_CANCEL": (Is.DEPOSIT_REVERSED, Is.NOTED),
    "CANCEL_OR_REFUND": (Is.DEPOSIT_REVERSED, Is.NOTED),
    "EXPIRE": (Is.DEPOSIT_EXPIRED, Is.NOTED),
    "OFFER_CLOSED": (Is.DEPOSIT_EXPIRED, Is.NOTED),
    "ORDER_OPENED": (Is.NOTED, Is.NOTED),
    "ORDER_CLOSED": (Is.NOTED, Is.NOTED),
    "AUTORESCUE": (Is.NOTED, Is.NOTED),
    "CANCEL_AUTORESCUE": (Is.NOTED, Is.NOTED),
    "MANUAL_REVIEW_ACCEPT": (Is.NOTED, Is.NOTED),
    "MANUAL_REVIEW_REJECT": (Is.NOTED, Is.NOTED),
    "HANDLED_EXTERNALLY": (Is.UNKNOWN, Is.UNKNOWN),
    "RECURRING_CONTRACT": (Is.INSTRUMENT_STORED, Is.NOTED),
    # Refunds.
    "REFUND": (Is.REFUND_DONE, Is.REFUND_FAILED),
    "REFUND_FAILED": (Is.REFUND_FAILED, Is.REFUND_FAILED),
    "REFUNDED_REVERSED": (Is.REFUND_FAILED, Is.NOTED),
    "POSTPONED_REFUND": (Is.NOTED, Is.REFUND_FAILED),
    "VOID_PENDING_REFUND": (Is.REFUND_FAILED, Is.NOTED),
    # Money to a player.
    "PAYOUT_THIRDPARTY": (Is.PAYOUT_CONFIRMED, Is.PAYOUT_DECLINED),
    "REFUND_WITH_DATA": (Is.PAYOUT_CONFIRMED, Is.PAYOUT_DECLINED),
    "PAYOUT_DECLINE": (Is.PAYOUT_DECLINED, Is.NOTED),
    "PAYOUT_EXPIRE": (Is.PAYOUT_EXPIRED, Is.NOTED),
    "PAIDOUT_REVERSED": (Is.PAYOUT_RETURNED, Is.NOTED),
    # Disputes: money moves with CHARGEBACK, SECOND_CHARGEBACK and CHARGEBACK_REVERSED alone.
    "NOTIFICATION_OF_FRAUD": (Is.DISPUTE_OPENED, Is.DISPUTE_OPENED),
    "NOTIFICATION_OF_CHARGEBACK": (Is.DISPUTE_OPENED, Is.DISPUTE_OPENED),
    "REQUEST_FOR_INFORMATION": (Is.DISPUTE_OPENED, Is.DISPUTE_OPENED),
    "PREARBITRATION_OPEN": (Is.DISPUTE_OPENED, Is.DISPUTE_OPENED),
    "CHARGEBACK": (Is.CHARGEBACK, Is.UNKNOWN),
    "SECOND_CHARGEBACK": (Is.CHARGEBACK, Is.UNKNOWN),
    "CHARGEBACK_REVERSED": (Is.CHARGEBACK_REVERSED, Is.UNKNOWN),
    "INFORMATION_SUPPLIED": (Is.NOTED, Is.NOTED),
    "DISPUTE_DEFENSE_PERIOD_ENDED": (Is.NOTED, Is.NOTED),
    "ISSUER_COMMENTS": (Is.NOTED, Is.NOTED),
    "ISSUER_RESPONSE_TIMEFRAME_EXPIRED": (Is.NOTED, Is.NOTED),
    "PREARBITRATION_ACCEPTED": (Is.NOTED, Is.NOTED),
    "PREARBITRATION_DECLINED": (Is.NOTED, Is.NOTED),
    "PREARBITRATION_ISSUER_WITHDRAWN": (Is.NOTED, Is.NOTED),
    "PREARBITRATION_LOST": (Is.NOTED, Is.NOTED),
    "PREARBITRATION_WON": (Is.NOTED, Is.NOTED),
    "SCHEME_ARBITRATION": (Is.NOTED, Is.NOTED),
    "SCHEME_ARBITRATION_LOST": (Is.NOTED, Is.NOTED),
    "SCHEME_ARBITRATION_WON": (Is.NOTED, Is.NOTED),
    # Neither a payment nor a dispute.
    "REPORT_AVAILABLE": (Is.REPORT_READY, Is.NOTED),
    "ACH_NOTIFICATION_OF_CHANGE": (Is.NOTED, Is.NOTED),
    "DIRECT_DEBIT_NOTICE_OF_CHANGE_NOTIFICATION": (Is.NOTED, Is.NOTED),
}

EVENTS: Final = {
    (event, succeeded): kind
    for event, kinds in _TABLE.items()
    for succeeded, kind in zip((True, False), kinds, strict=True)
}
