"""Three vendors on one port, a process of its own: the documented formats of Adyen, Trustly and Nuvei, our signatures
verified by code of its own. What it does with a call is told by our reference: `D-decline`, `W-slow`, `D-garbage`…

It knows nothing of the platform. Run: python tests/gateways/wire_server.py PORT KEYS (the folder of the RSA keys).
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ADYEN_KEY, NUVEI_SECRET = "adyen-key", "nuvei-secret"
LOG: list[dict[str, Any]] = []
KEYS = Path()
HASHES = {
    "RS1": hashes.SHA1(),  # noqa: S303 - the vendor's default
    "RS256": hashes.SHA256(),
    "RS384": hashes.SHA384(),
    "RS512": hashes.SHA512(),
}
NUVEI_ORDER = {
    "openOrder": "merchantId merchantSiteId clientRequestId amount currency timeStamp",
    "payment": "merchantId merchantSiteId clientRequestId amount currency timeStamp",
    "payout": "merchantId merchantSiteId clientRequestId amount currency timeStamp",
    "refundTransaction": "merchantId merchantSiteId clientRequestId clientUniqueId amount currency"
    " relatedTransactionId authCode comment urlDetails timeStamp",
    "getTransactionDetails": "merchantId merchantSiteId transactionId clientUniqueId timeStamp",
    "getPayoutStatus": "merchantId merchantSiteId clientRequestId timeStamp",
}


class Handler(BaseHTTPRequestHandler):
    """One request; `what` is how our reference asks it to end."""

    def do_GET(self) -> None:
        """The log, readiness, and the result of an Adyen session."""
        parts = urlsplit(self.path)
        if parts.path == "/control/log":
            self.answer(200, LOG)
        elif parts.path == "/control/ready":
            self.answer(200, {})
        else:
            self.session_result(parts.path, parse_qs(parts.query))

    def do_POST(self) -> None:
        """A call of any of the three."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.loads(raw)
        path = urlsplit(self.path).path
        LOG.append({"path": self.path, "body": body, "headers": {k.lower(): v for k, v in self.headers.items()}})
        what = self.wish(body)
        if what == "slow":
            time.sleep(3)
        if what == "close":
            self.connection.close()
        elif what == "drip":
            self.drip()
        elif what in FAULTS:
            self.send_raw(*FAULTS[what])
        elif path.startswith("/ppp/"):
            self.answer(200, nuvei(path.rsplit("/", 1)[1].removesuffix(".do"), body, what))
        elif path.startswith("/api/1"):
            self.answer(200, trustly(body, what))
        else:
            self.answer(*adyen(path, body, self.headers.get("X-Api-Key"), self.headers.get("Idempotency-Key"), what))

    @staticmethod
    def wish(body: dict[str, Any]) -> str:
        data = body.get("params", {}).get("Data", {})
        named = body.get("reference") or body.get("clientRequestId") or data.get("MessageID") or ""
        extra = data.get("Attributes", {}).get("ExternalReference", "")
        named = named or extra or body.get("clientUniqueId") or ""
        return str(named).split("-", 1)[-1].split(".")[0]

    def session_result(self, path: str, query: dict[str, list[str]]) -> None:
        LOG.append({"path": self.path})
        session = path.rsplit("/", 1)[1]
        status = query.get("sessionResult", ["?"])[0]
        paid = {
            "amount": {"value": 2500, "currency": "EUR"},
            "pspReference": "T7FD4VM4D3RZNN82",
            "resultCode": "Authorised",
        }
        answer: dict[str, Any] = {"id": session, "reference": "D-1", "status": status.split("+")[0]}
        if status == "completed+/=":
            answer["payments"] = [paid]
        self.answer(200, answer)

    def drip(self) -> None:
        """A byte every now and then, for longer than anybody waits."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(20):
            self.wfile.write(b"{")
            time.sleep(0.4)

    def answer(self, status: int, body: object) -> None:
        self.send_raw(status, json.dumps(body).encode())

    def send_raw(self, status: int, raw: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Quiet."""


FAULTS = {
    "500": (500, b'{"status":500,"errorCode":"905","message":"Internal error","errorType":"internal"}'),
    "502": (502, b"<html>Bad gateway</html>"),
    "503": (503, b""),
    "429": (429, b'{"status":429,"message":"Too many"}'),
    "garbage": (200, b"\x00\xff\xfe{]"),
    "html": (200, b"<html>Sorry</html>"),
    "list": (200, b"[1, 2]"),
    "null": (200, b"null"),
    "empty": (200, b""),
    "deep": (200, b"[" * 200_000),
    "object": (200, b"{}"),
    "proxy400": (400, b"<html>Bad request</html>"),
}


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


def serialised(data: Any) -> str:
    """Trustly's rule, written once more."""
    if isinstance(data, dict):
        return "".join(key + serialised(data[key]) for key in sorted(data, key=lambda name: name.encode()))
    if isinstance(data, list):
        return "".join(serialised(one) for one in data)
    return "" if data is None else str(data)


def trustly(body: dict[str, Any], what: str) -> dict[str, Any]:
    """JSON-RPC 1.1, signed by us when the call was signed by the merchant."""
    method, params = body["method"], body["params"]
    algorithm, _, given = str(params["Signature"]).rpartition(";")
    algorithm = algorithm.removeprefix("alg=") or "RS1"
    public = serialization.load_pem_public_key((KEYS / "merchant_public.pem").read_bytes())
    assert isinstance(public, rsa.RSAPublicKey)
    text = f"{method}{params['UUID']}{serialised(params['Data'])}".encode()
    try:
        public.verify(base64.b64decode(given), text, padding.PKCS1v15(), HASHES[algorithm])
    except InvalidSignature:
        return trustly_signed(
            "error", method, params["UUID"], {"code": 636, "message": "ERROR_INVALID_SIGNATURE"}, algorithm
        )
    if what == "decline":
        return trustly_signed(
            "error", method, params["UUID"], {"code": 623, "message": "ERROR_DUPLICATE_MESSAGE_ID"}, algorithm
        )
    if what == "fault":
        return trustly_signed("error", method, params["UUID"], {"code": 620, "message": "ERROR_UNKNOWN"}, algorithm)
    uuid = "another" if what == "other" else params["UUID"]
    key = "merchant" if what == "forged" else "trustly"
    return trustly_signed("result", method, uuid, trustly_data(method, params["Data"], what), algorithm, key)


def trustly_data(method: str, data: dict[str, Any], what: str) -> Any:
    if method == "Deposit":
        scheme = "http" if what == "plain" else "https"
        return {
            "orderid": "2190971587",
            "url": f"{scheme}://checkout.trustly.test/checkout?OrderID=2190971587",
            "x": None,
        }
    if method == "AccountLedger":
        row = {
            "userid": "4056640",
            "datestamp": "2026-11-20 08:00:00+00",
            "orderid": "2190971587",
            "accountname": "FUNDS",
            "messageid": "D-1",
            "currency": data["Currency"],
            "amount": "100.00000000",
            "gluepayid": "1",
        }
        return [row, row | {"messageid": "D-9"}, row | {"messageid": "W-1", "amount": "-40.00"}]
    if method == "GetWithdrawals":
        return [
            {
                "orderid": data["OrderID"],
                "transferstate": "EXECUTED",
                "amount": "40.00",
                "currency": "EUR",
                "reference": "MWLYPW",
                "eta": None,
            }
        ]
    if what == "rejected":
        return {"orderid": "2190971587", "result": "0", "rejected": "ERROR_INSUFFICIENT_FUNDS"}
    return {"orderid": "2190971587", "result": "1"}


def trustly_signed(
    part: str, method: str, uuid: str, data: Any, algorithm: str, key: str = "trustly"
) -> dict[str, Any]:
    private = serialization.load_pem_private_key((KEYS / f"{key}_private.pem").read_bytes(), password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    made = private.sign(f"{method}{uuid}{serialised(data)}".encode(), padding.PKCS1v15(), HASHES[algorithm])
    signature = base64.b64encode(made).decode()
    signature = signature if algorithm == "RS1" else f"alg={algorithm};{signature}"
    signed = {"signature": signature, "uuid": uuid, "method": method, "data": data}
    if part == "result":
        return {"version": "1.1", "result": signed}
    error = {"name": "JSONRPCError", "code": data["code"], "message": data["message"], "error": signed}
    return {"version": "1.1", "error": error}


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


if __name__ == "__main__":
    KEYS = Path(sys.argv[2])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
