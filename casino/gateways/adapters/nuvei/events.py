"""Nuvei's statuses by what the transaction was, in our words.

ERROR of a payment in is a decline: nothing was taken. ERROR of money out is for people: a release on a fault that was
none would pay twice. What is not in this table is kept and flagged (PAY-03).
"""

from __future__ import annotations

from typing import Final

from casino.gateways.enums import NewsKind as Is

# The vendor's transactionType: what it does. A Sale is authorised and settled in one.
TYPES: Final = {
    "": "paid", "sale": "paid", "settle": "paid", "deposit": "paid", "auth": "authorised", "preauth": "authorised",
    "credit": "refund", "refund": "refund", "void": "void", "payout": "payout", "withdrawal": "payout",
    "chargeback": "chargeback", "initauth3d": "step", "auth3d": "step", "modification": "step",
}  # fmt: skip

EVENTS: Final[dict[tuple[str, str], Is]] = {
    ("paid", "APPROVED"): Is.DEPOSIT_CONFIRMED,
    ("paid", "PENDING"): Is.DEPOSIT_PENDING,
    ("paid", "REDIRECT"): Is.DEPOSIT_PENDING,
    ("paid", "DECLINED"): Is.DEPOSIT_DECLINED,
    ("paid", "ERROR"): Is.DEPOSIT_DECLINED,
    ("paid", "CANCELED"): Is.DEPOSIT_CANCELLED,
    ("paid", "EXPIRED"): Is.DEPOSIT_EXPIRED,
    ("authorised", "APPROVED"): Is.DEPOSIT_AUTHORISED,
    ("authorised", "PENDING"): Is.DEPOSIT_PENDING,
    ("authorised", "DECLINED"): Is.DEPOSIT_DECLINED,
    ("authorised", "ERROR"): Is.DEPOSIT_DECLINED,
    ("refund", "APPROVED"): Is.REFUND_DONE,
    ("refund", "PENDING"): Is.NOTED,
    ("refund", "DECLINED"): Is.REFUND_FAILED,
    ("void", "APPROVED"): Is.DEPOSIT_REVERSED,
    ("void", "PENDING"): Is.NOTED,
    ("void", "DECLINED"): Is.NOTED,
    ("void", "ERROR"): Is.NOTED,
    ("payout", "APPROVED"): Is.PAYOUT_CONFIRMED,
    ("payout", "PENDING"): Is.PAYOUT_PENDING,
    ("payout", "DECLINED"): Is.PAYOUT_DECLINED,
    ("payout", "CANCELED"): Is.PAYOUT_DECLINED,
    ("chargeback", "APPROVED"): Is.CHARGEBACK,
    ("step", "APPROVED"): Is.NOTED,
    ("step", "DECLINED"): Is.NOTED,
    ("step", "PENDING"): Is.NOTED,
    ("step", "ERROR"): Is.NOTED,
    ("step", "REDIRECT"): Is.NOTED,
}


def action_of(kind: str, *, out: bool) -> str:
    """What a transaction does. Nuvei calls a payout a Credit as well: with a payout's reference it is one."""
    action = TYPES.get(kind.lower(), "unknown")
    return "payout" if out and action in {"refund", "paid", "payout"} else action
