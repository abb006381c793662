"""What is due happens: the payment's state moves, and messages about it are put in line."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from typing import Any, Final

from casino.gateways.sandbox_server.clock import real_moment
from casino.gateways.sandbox_server.outcomes import LONG
from casino.gateways.sandbox_server.payments import payment_by_id, payment_told

STATES: Final = {
    "payment.pending": "pending", "payment.authorised": "authorised", "payment.confirmed": "confirmed",
    "payment.declined": "declined", "payment.expired": "expired", "payment.cancelled": "cancelled",
    "payment.reversed": "reversed", "chargeback": "charged_back", "chargeback.reversed": "confirmed",
    "payout.pending": "pending", "payout.confirmed": "paid", "payout.declined": "declined",
    "payout.expired": "expired", "payout.returned": "returned", "refund.done": "refunded", "refund.failed": "failed",
}  # fmt: skip
SOON: Final = 0.3
TAKES_BACK: Final = frozenset({"chargeback", "chargeback.reversed", "payment.reversed", "dispute.opened"})
OTHER_CURRENCY: Final = {"USD": "EUR"}


def happen(db: sqlite3.Connection, now: float) -> int:
    """Let everything happen that is due; returns how much it was."""
    due = db.execute("SELECT * FROM event WHERE happened = '' AND due <= ? ORDER BY due, id", [now]).fetchall()
    for event in due:
        _happens(db, event, now)
    return len(due)


def _gone_back(db: sqlite3.Connection, payment: str) -> bool:
    """Whether a refund has sent the payment back, or is about to: nobody takes it a second time."""
    refund = "SELECT 1 FROM payment WHERE original = ? AND state != 'failed'"
    return db.execute(refund, [payment]).fetchone() is not None


def _happens(db: sqlite3.Connection, event: sqlite3.Row, now: float) -> None:
    if event["name"] in TAKES_BACK and _gone_back(db, event["payment"]):
        db.execute("DELETE FROM event WHERE payment = ? AND happened = ''", [event["payment"]])
        return
    db.execute("UPDATE event SET happened = ? WHERE id = ?", [real_moment(), event["id"]])
    state = STATES.get(event["name"])
    if state is not None:
        db.execute("UPDATE payment SET state = ? WHERE id = ?", [state, event["payment"]])
    payment = payment_by_id(db, event["payment"])
    assert payment is not None
    happened = db.execute("SELECT * FROM event WHERE id = ?", [event["id"]]).fetchone()
    _tell(db, payment, event_told(db, payment, happened), now)


def event_told(db: sqlite3.Connection, payment: sqlite3.Row, event: sqlite3.Row) -> dict[str, Any]:
    """An event as messages and answers tell it; `event_id` is the same every time."""
    return {
        "event_id": f"{payment['id']}:{event['name']}",
        "event": event["name"],
        "occurred_at": event["happened"],
        "data": payment_told(db, payment),
    }


def _tell(db: sqlite3.Connection, payment: sqlite3.Row, told: dict[str, Any], now: float) -> None:
    """Put the messages in line, as the payment's amount has them told."""
    manner, name = payment["told"], told["event"]
    main = name in {"payment.confirmed", "payout.confirmed", "refund.done"}
    if not payment["notify_url"] or manner == "lost":
        return
    if manner == "wrong_amount" and main:
        told = _with(told, amount=str(Decimal(told["data"]["amount"]) + 1))
    elif manner == "wrong_currency" and main:
        told = _with(told, currency=OTHER_CURRENCY.get(told["data"]["currency"], "USD"))
    wait = {"late": LONG, "reordered": SOON if name.endswith(".pending") else 0.0}.get(manner, 0.0)
    line_up(db, url=payment["notify_url"], told=told, due=now + wait, forged=manner == "forged")
    if manner == "thrice":
        for copy in (1, 2):
            line_up(db, url=payment["notify_url"], told=told, due=now + copy * SOON)
    elif manner == "other_body" and main:
        other = _with(told, amount=str(Decimal(told["data"]["amount"]) * 2))
        line_up(db, url=payment["notify_url"], told=other, due=now + SOON)
    elif manner == "stranger" and main:
        stranger = told | {"event": "mystery.happened", "event_id": f"{payment['id']}:mystery.happened"}
        line_up(db, url=payment["notify_url"], told=stranger, due=now)


def _with(told: dict[str, Any], **changed: str) -> dict[str, Any]:
    return told | {"data": told["data"] | changed}


def line_up(db: sqlite3.Connection, *, url: str, told: dict[str, Any], due: float, forged: bool = False) -> None:
    """A message waits for its delivery."""
    db.execute(
        "INSERT INTO delivery (url, body, forged, due) VALUES (?, ?, ?, ?)",
        [url, json.dumps(told, separators=(",", ":")), int(forged), due],
    )


def events_of(db: sqlite3.Connection, payment: sqlite3.Row) -> list[dict[str, Any]]:
    """Everything that happened to a payment so far, in order."""
    rows = db.execute("SELECT * FROM event WHERE payment = ? AND happened != '' ORDER BY due, id", [payment["id"]])
    return [event_told(db, payment, row) for row in rows]
