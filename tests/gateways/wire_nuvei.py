"""Nuvei as a server: REST API 1.0, our checksums verified by code of its own."""

from __future__ import annotations

import hashlib
from typing import Any

NUVEI_SECRET = "nuvei-secret"
NUVEI_ORDER = {
    "openOrder": "merchantId merchantSiteId clientRequestId amount currency timeStamp",
    "payment": "merchantId merchantSiteId clientRequestId amount currency timeStamp",
    "payout": "merchantId merchantSiteId clientRequestId amount currency timeStamp",
    "refundTransaction": "merchantId merchantSiteId clientRequestId clientUniqueId amount currency"
    " relatedTransactionId authCode comment urlDetails timeStamp",
    "getTransactionDetails": "merchantId merchantSiteId transactionId clientUniqueId timeStamp",
    "getPayoutStatus": "merchantId merchantSiteId clientRequestId timeStamp",
}


def nuvei(call: str, body: dict[str, Any], what: str) -> dict[str, Any]:
    """REST API 1.0."""
    if call in NUVEI_ORDER:
        values = [body.get(name, "") for name in NUVEI_ORDER[call].split()]
        values = [one["notificationUrl"] if isinstance(one, dict) else str(one) for one in values]
        expected = hashlib.sha256("".join([*values, NUVEI_SECRET]).encode()).hexdigest()
        if body.get("checksum") != expected:
            return {"status": "ERROR", "errCode": 1001, "reason": "Invalid checksum"}
    if what == "error":
        return {"status": "ERROR", "errCode": 1019, "reason": "Validation error"}
    if what == "general":
        return {"status": "ERROR", "errCode": 1000, "reason": "General error"}
    if what == "never":
        return {"status": "ERROR", "errCode": 9146, "reason": "No transaction details returned for the provided ID"}
    if call == "openOrder":
        return {"status": "SUCCESS", "sessionToken": "e4d3-token", "orderId": 39272, "errCode": 0, "reason": ""}
    outcome = {"decline": "DECLINED", "pending": "PENDING", "fault": "ERROR"}.get(what, "APPROVED")
    answer: dict[str, Any] = {
        "status": "SUCCESS",
        "transactionStatus": outcome,
        "transactionId": "1110000000004146935",
        "gwErrorCode": -1 if outcome == "DECLINED" else 0,
        "gwErrorReason": "Decline" if outcome == "DECLINED" else "",
        "clientUniqueId": body.get("clientUniqueId", body.get("clientRequestId", "")),
        "errCode": 0,
    }
    if call == "payment" and what == "redirect":
        answer |= {"transactionStatus": "REDIRECT", "paymentOption": {"redirectUrl": "https://apm.nuvei.test/go"}}
    if call == "getTransactionDetails":
        details = {
            "transactionId": "1110000000004146935",
            "transactionStatus": "Approved",
            "transactionType": "Sale",
            "processedAmount": "25.00",
            "processedCurrency": "EUR",
            "date": "2026-11-20T08:00:00.000",
        }
        return {"status": "SUCCESS", "transactionDetails": details | {"clientUniqueId": answer["clientUniqueId"]}}
    if call in {"getPayoutStatus", "getPaymentStatus"}:
        answer |= {"amount": "25.00", "currency": "EUR"}
    if call == "getPaymentStatus":
        answer |= {"clientUniqueId": "D-1", "transactionType": "Sale"}
    return answer
