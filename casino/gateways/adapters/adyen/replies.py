"""What Adyen's answers to our calls mean. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from casino.gateways.adapters.adyen.mapping import amount_told
from casino.gateways.adapters.wire import part_of, reference_of, refused, told, unsure
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.types import Credentials, News, Reply

# PAYOUT_THIRDPARTY follows in either case: what is authorised at once is not booked as paid before it is told.
TAKEN: Final = frozenset({"Authorised", "Received", "[payout-submit-received]"})
NOT_TAKEN: Final = frozenset({"Refused", "Cancelled"})
SESSIONS: Final = {
    "completed": NewsKind.DEPOSIT_PENDING,
    "paymentPending": NewsKind.DEPOSIT_PENDING,
    "refused": NewsKind.DEPOSIT_DECLINED,
    "canceled": NewsKind.DEPOSIT_CANCELLED,
    "expired": NewsKind.DEPOSIT_EXPIRED,
}


def session_reply(answer: Mapping[str, Any], credentials: Credentials) -> Reply:
    """What the browser's component needs to go on."""
    session, data = told(answer.get("id"), 100), answer.get("sessionData")
    if not session or not isinstance(data, str) or not data:
        return unsure("no_session", "the answer names no session")
    client = {
        "session_id": session,
        "session_data": data,
        "client_key": credentials.secrets.get("client_key", ""),
        "environment": "live" if credentials.secrets.get("live_prefix") else "test",
    }
    return Reply(standing=Standing.REDIRECT, reference=session, client=client)


def payout_reply(answer: Mapping[str, Any]) -> Reply:
    """Taken, refused, or a word that nobody knows."""
    reference, result = _reference(answer), told(answer.get("resultCode"), 60)
    if result in NOT_TAKEN:
        reason = told(answer.get("refusalReasonCode") or answer.get("refusalReason"), 60)
        return refused(reason or result, told(answer.get("refusalReason")), reference)
    if result in TAKEN and reference:
        return Reply(standing=Standing.PENDING, reference=reference)
    return unsure(result or "no_result")


def refund_reply(answer: Mapping[str, Any]) -> Reply:
    """Received means that Adyen took the request on; the webhook REFUND tells the end of it."""
    reference = _reference(answer)
    if answer.get("status") != "received" or not reference:
        return unsure("not_received", "the answer does not say that the refund was received")
    return Reply(standing=Standing.PENDING, reference=reference)


def news_of_session(answer: Mapping[str, Any], session: str, reference: str) -> News:
    """What a session came to. One authorised payment with its amount is told under the key of its webhook.

    Raises ValueError for another session's result and for a state that nobody knows.
    """
    status = told(answer.get("status"), 30)
    if answer.get("id") != session or answer.get("reference") != reference or status not in SESSIONS:
        raise ValueError("not the result of this session")
    payments = answer.get("payments")
    paid = [one for one in payments if isinstance(one, dict) and one.get("resultCode") == "Authorised"] \
        if isinstance(payments, list) else []  # fmt: skip
    if status == "completed" and len(paid) == 1:
        psp = reference_of(paid[0].get("pspReference"))
        amount, currency = amount_told(part_of(paid[0], "amount"))
        return News(
            kind=NewsKind.DEPOSIT_CONFIRMED, key=f"{psp}:AUTHORISATION:true", reference=reference,
            gateway_reference=psp, amount=amount, currency=currency, code=status,
        )  # fmt: skip
    return News(
        kind=SESSIONS[status], key=f"{session}:{status}", reference=reference, gateway_reference=session, code=status
    )


def _reference(answer: Mapping[str, Any]) -> str:
    try:
        return reference_of(answer.get("pspReference"))
    except ValueError:
        return ""
