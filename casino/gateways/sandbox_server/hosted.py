"""What a payer decides on the hosted page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from decimal import Decimal

from casino.gateways.sandbox_server.instruments import SOMEBODY_ELSE, kind_of
from casino.gateways.sandbox_server.outcomes import Outcome, outcome_of
from casino.gateways.sandbox_server.pages import payment_page
from casino.gateways.sandbox_server.payments import instrument_attach, plan

CANCELLED = Outcome(title="cancelled by the payer", answered="pending", events=((0.0, "payment.cancelled"),))
ABANDONED = Outcome(title="left open", answered="pending", events=((1800.0, "payment.expired"),))


def hosted_open(db: sqlite3.Connection, *, payment: sqlite3.Row, now: float) -> None:
    """A payment that nobody comes for expires after half an hour."""
    plan(db, payment=payment, outcome=ABANDONED, now=now)


def hosted_decide(
    db: sqlite3.Connection, *, payment: sqlite3.Row, form: Mapping[str, str], first_face: bool, now: float
) -> None:
    """Pay or cancel, once: a payment that is not open any more stays as it is."""
    if payment["state"] != "open":
        return
    db.execute("DELETE FROM event WHERE payment = ? AND happened = ''", [payment["id"]])
    db.execute("UPDATE payment SET state = 'pending' WHERE id = ?", [payment["id"]])
    if form.get("choice") == "cancel":
        plan(db, payment=payment, outcome=CANCELLED, now=now)
        return
    outcome = outcome_of(payment["purpose"], Decimal(payment["amount"]), first_face=first_face)
    owner = SOMEBODY_ELSE if outcome.other_owner else form.get("owner", "").strip()[:100]
    instrument_attach(db, payment=payment, label=form.get("label", "")[:40], owner=owner)
    plan(db, payment=payment, outcome=outcome, now=now)


def hosted_page(payment: sqlite3.Row, *, first_face: bool) -> str:
    """The page, with the payer's own name filled in."""
    payer = json.loads(payment["payer"])
    outcome = outcome_of(payment["purpose"], Decimal(payment["amount"]), first_face=first_face)
    owner = f"{payer.get('first_name', '')} {payer.get('last_name', '')}".strip()
    return payment_page(payment, kind=kind_of(payment["method"]), owner=owner, foretold=outcome.title)
