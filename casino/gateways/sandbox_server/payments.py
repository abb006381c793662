"""Deposits, payouts and refunds: taken on once per reference, answered the same for ever."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from casino.gateways.sandbox_server.instruments import SOMEBODY_ELSE, instrument_store, instrument_told
from casino.gateways.sandbox_server.outcomes import Outcome, outcome_of

PREFIXES: Final = {"deposit": "dep", "payout": "pay", "refund": "ref"}
DIRECT: Final = ("_direct", "voucher")
STATES: Final = {"done": "confirmed", "declined": "declined", "authorised": "authorised"}
NOT_BEGUN: Final = frozenset({"never", "error"})


class WrongOrderError(Exception):
    """A call that can not be carried out; `status` and `code` are the answer."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def amount_of(text: object) -> Decimal:
    """An amount above zero. Raises WrongOrderError."""
    try:
        amount = Decimal(str(text))
    except InvalidOperation:
        raise WrongOrderError(400, "amount_unreadable") from None
    if not amount.is_finite() or amount <= 0:
        raise WrongOrderError(400, "amount_not_positive")
    return amount


def payment_begin(
    db: sqlite3.Connection, *, face: str, first_face: bool, purpose: str, order: Mapping[str, Any], now: float
) -> tuple[sqlite3.Row | None, Outcome]:
    """Take an order on, or find what was made of it; the row is None where the outcome is never to begin.

    Raises WrongOrderError: 400 incomplete, 409 the reference stands for other money, 422 nothing there to refund.
    """
    reference, currency = str(order.get("reference", "")), str(order.get("currency", ""))
    if not reference or not currency:
        raise WrongOrderError(400, "order_incomplete")
    amount = amount_of(order.get("amount"))
    outcome = outcome_of(purpose, amount, first_face=first_face)
    known = payment_by_reference(db, face=face, reference=reference)
    if known is not None:
        if (Decimal(known["amount"]), known["currency"], known["purpose"]) != (amount, currency, purpose):
            raise WrongOrderError(409, "reference_used")
        return known, outcome
    if purpose == "refund":
        _refundable(db, face=face, original=str(order.get("original", "")), amount=amount, currency=currency)
    if outcome.answered in NOT_BEGUN:
        return None, outcome
    payment = _written(db, face=face, purpose=purpose, order=order, amount=amount, outcome=outcome)
    if payment["state"] != "open":
        plan(db, payment=payment, outcome=outcome, now=now)
    return payment_by_reference(db, face=face, reference=reference), outcome


def _written(
    db: sqlite3.Connection, *, face: str, purpose: str, order: Mapping[str, Any], amount: Decimal, outcome: Outcome
) -> sqlite3.Row:
    method, token = str(order.get("method", "")), str(order.get("instrument", "") or "")
    # A deposit goes through the hosted page unless an instrument is named or the method knows no page.
    hosted = purpose == "deposit" and not token and not method.endswith(DIRECT) and outcome.answered != "silence"
    state = "open" if hosted else STATES.get(outcome.answered, "pending")
    identity = f"{PREFIXES[purpose]}_{uuid.uuid4().hex[:20]}"
    db.execute(
        "INSERT INTO payment (id, face, purpose, reference, amount, currency, method, state, answered, code, told,"
        " settled, payer, instrument, original, return_url, notify_url)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [identity, face, purpose, str(order["reference"]), str(amount), str(order["currency"]), method, state,
         outcome.answered, outcome.code, outcome.told, outcome.settled, json.dumps(order.get("payer") or {}), token,
         *(str(order.get(name, "") or "") for name in ("original", "return_url", "notify_url"))],
    )  # fmt: skip
    payment = payment_by_id(db, identity)
    assert payment is not None
    if purpose == "deposit" and not hosted and not token:
        instrument_attach(db, payment=payment, owner=SOMEBODY_ELSE if outcome.other_owner else "")
    return payment


def instrument_attach(db: sqlite3.Connection, *, payment: sqlite3.Row, label: str = "", owner: str = "") -> None:
    """The payment is paid with an instrument of the payer's."""
    payer = json.loads(payment["payer"])
    told = instrument_store(db, face=payment["face"], payer=payer, method=payment["method"], label=label, owner=owner)
    db.execute("UPDATE payment SET instrument = ? WHERE id = ?", [told["token"], payment["id"]])


def plan(db: sqlite3.Connection, *, payment: sqlite3.Row, outcome: Outcome, now: float) -> None:
    """Write down what is going to happen, and when."""
    for position, (after, name) in enumerate(outcome.events):
        # Events of one moment keep their order.
        due = now + after + position / 1000
        db.execute("INSERT OR IGNORE INTO event (payment, name, due) VALUES (?, ?, ?)", [payment["id"], name, due])


def _refundable(db: sqlite3.Connection, *, face: str, original: str, amount: Decimal, currency: str) -> None:
    paid = payment_by_id(db, original)
    if paid is None or paid["face"] != face or paid["purpose"] != "deposit" or paid["state"] != "confirmed":
        raise WrongOrderError(422, "original_not_paid")
    rows = db.execute("SELECT amount FROM payment WHERE original = ? AND state != 'failed'", [original])
    if paid["currency"] != currency or sum((Decimal(row["amount"]) for row in rows), amount) > Decimal(paid["amount"]):
        raise WrongOrderError(422, "more_than_paid")


def payment_by_reference(db: sqlite3.Connection, *, face: str, reference: str) -> sqlite3.Row | None:
    """By the merchant's reference."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM payment WHERE face = ? AND reference = ?", [face, reference]
    ).fetchone()
    return row


def payment_by_id(db: sqlite3.Connection, identity: str) -> sqlite3.Row | None:
    """By our own number."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM payment WHERE id = ?", [identity]).fetchone()
    return row


def payment_told(db: sqlite3.Connection, payment: sqlite3.Row) -> dict[str, Any]:
    """A payment as every answer and message tells it."""
    return {
        "id": payment["id"],
        "purpose": payment["purpose"],
        "reference": payment["reference"],
        "original": payment["original"],
        "state": payment["state"],
        "amount": payment["amount"],
        "currency": payment["currency"],
        "method": payment["method"],
        "code": payment["code"],
        "instrument": instrument_told(db, payment["instrument"]),
    }
