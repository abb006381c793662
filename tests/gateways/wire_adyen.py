"""Adyen as a server: Checkout v71 and Payout v68, in the documented formats."""

from __future__ import annotations

from typing import Any

ADYEN_KEY = "adyen-key"


def adyen(path: str, body: dict[str, Any], key: str | None, idempotency: str | None, what: str) -> tuple[int, Any]:
    """Checkout v71 and Payout v68."""
    if key != ADYEN_KEY:
        return 401, {"status": 401, "errorCode": "000", "message": "Unauthorized", "errorType": "security"}
    if not idempotency:
        return 400, {"status": 400, "errorCode": "idempotency", "message": "none", "errorType": "validation"}
    if what == "decline":
        return 422, {"status": 422, "errorCode": "130", "message": "Reference Missing", "errorType": "validation"}
    if what == "progress":
        return 422, {"status": 422, "errorCode": "704", "message": "request already processed or in progress"}
    if path.endswith("/sessions"):
        return 201, {"id": "CS451F2AB1ED897A94", "sessionData": "Ab02b4c", "reference": body["reference"]}
    if path.endswith("/refunds"):
        return 201, {
            "status": "received",
            "pspReference": "REFUND4VM4D3RZ82",
            "paymentPspReference": path.split("/")[-2],
        }
    if path.endswith("/payout"):
        code = {"refused": "Refused", "error": "Error"}.get(what, "Authorised")
        return 200, {"pspReference": "8515131751004933", "resultCode": code, "refusalReason": "05 : Do not honor"}
    if path.endswith("/submitThirdParty"):
        return 200, {"pspReference": "8515131751004933", "resultCode": "[payout-submit-received]"}
    if body["originalReference"] == "8515131751004933":
        return 200, {"pspReference": "8815131762537886", "response": "[payout-confirm-received]"}
    return 422, {"status": 422, "errorCode": "100", "message": "none", "errorType": "validation"}
