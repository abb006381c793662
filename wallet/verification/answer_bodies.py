"""What the bytes of a recorded answer must say (wallet-api-v1 §3 and §5). Pure."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any


def body_breach(
    body: bytes, outcome: str, transaction_id: str | None, currency: str, real: Decimal | None, bonus: Decimal | None
) -> tuple[str, str] | None:
    """(expected, found) when the body tells something else than the ledger; None when all is well.

    `real` and `bonus` are the balances that the transaction left; None where it moved no such account.
    """
    try:
        said = json.loads(body)
    except ValueError:
        return "JSON", f"{body[:40]!r}"
    if not isinstance(said, dict):
        return "a JSON object", f"{body[:40]!r}"
    status = "ok" if outcome == "booked" else "error"
    if said.get("status") != status:
        return f"status {status!r} of a {outcome} call", repr(said.get("status"))
    if outcome != "booked":
        return None
    if said.get("wallet_transaction_id") != transaction_id:
        return f"wallet_transaction_id {transaction_id}", str(said.get("wallet_transaction_id"))
    return _balance_breach(said.get("balance"), currency, real, bonus)


def _balance_breach(balance: Any, currency: str, real: Decimal | None, bonus: Decimal | None) -> tuple[str, str] | None:
    if not isinstance(balance, dict):
        return "a balance", repr(balance)
    if balance.get("currency") != currency:
        return f"a balance in {currency}", repr(balance.get("currency"))
    for name, due in (("real", real), ("bonus", bonus)):
        if due is not None and _amount(balance.get(name)) != due:
            return f"{name} balance {due.normalize():f}", repr(balance.get(name))
    parts = [_amount(balance.get(name)) for name in ("real", "bonus", "total")]
    if None in parts or parts[0] + parts[1] != parts[2]:  # type: ignore[operator]
        return "a total of real and bonus", repr(balance)
    return None


def _amount(text: Any) -> Decimal | None:
    try:
        return Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
