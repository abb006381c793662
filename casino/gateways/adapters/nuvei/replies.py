"""What Nuvei's answers to our calls mean. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from casino.gateways.adapters.wire import reference_of, refused, told, unsure
from casino.gateways.enums import Standing
from casino.gateways.types import Credentials, Reply

OUTCOMES: Final = {"APPROVED": Standing.DONE, "PENDING": Standing.PENDING}


def session_of(answer: Mapping[str, Any]) -> str:
    """The session that openOrder opened; empty when it names none."""
    return told(answer.get("sessionToken"), 200)


def order_reply(answer: Mapping[str, Any], credentials: Credentials) -> Reply:
    """What the browser's Web SDK needs to go on. The transaction has no number before the player pays."""
    session = session_of(answer)
    if not session:
        return unsure("no_session", "the answer names no session")
    client = {
        "session_token": session,
        "merchant_id": credentials.secrets.get("merchant_id", ""),
        "merchant_site_id": credentials.secrets.get("merchant_site_id", ""),
        "environment": credentials.secrets.get("environment", "prod"),
    }
    return Reply(standing=Standing.REDIRECT, client=client)


def payment_reply(answer: Mapping[str, Any], session: str) -> Reply:
    """Where an alternative method takes the player, or its end where it needs no page."""
    option = answer.get("paymentOption")
    url = option.get("redirectUrl") if isinstance(option, dict) else None
    if answer.get("transactionStatus") == "REDIRECT" and isinstance(url, str) and urlsplit(url).scheme == "https":
        client = {"redirect_url": url, "session_token": session}
        return Reply(standing=Standing.REDIRECT, reference=_number(answer), client=client)
    return transaction_reply(answer, error=Standing.DECLINED)


def transaction_reply(answer: Mapping[str, Any], *, error: Standing) -> Reply:
    """`error`: what ERROR means. Of a payment in nothing was taken; of money out nobody knows."""
    status, number = told(answer.get("transactionStatus"), 30).upper(), _number(answer)
    code = told(answer.get("gwErrorCode"), 20)
    text = told(answer.get("gwErrorReason") or answer.get("reason"))
    if status in OUTCOMES and number:
        return Reply(standing=OUTCOMES[status], reference=number)
    if status == "DECLINED" or (status == "ERROR" and error is Standing.DECLINED):
        return refused(code or status, text, number)
    return unsure(code or status or "no_status", text)


def _number(answer: Mapping[str, Any]) -> str:
    try:
        return reference_of(answer.get("transactionId"))
    except ValueError:
        return ""
