"""Trustly as a server: JSON-RPC 1.1, our signature verified and its own made by code of its own."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

HASHES = {
    "RS1": hashes.SHA1(),  # noqa: S303 - the vendor's default
    "RS256": hashes.SHA256(),
    "RS384": hashes.SHA384(),
    "RS512": hashes.SHA512(),
}


def serialised(data: Any) -> str:
    """Trustly's rule, written once more."""
    if isinstance(data, dict):
        return "".join(key + serialised(data[key]) for key in sorted(data, key=lambda name: name.encode()))
    if isinstance(data, list):
        return "".join(serialised(one) for one in data)
    return "" if data is None else str(data)


def trustly(body: dict[str, Any], what: str, keys: Path) -> dict[str, Any]:
    """JSON-RPC 1.1, signed by us when the call was signed by the merchant."""
    method, params = body["method"], body["params"]
    algorithm, _, given = str(params["Signature"]).rpartition(";")
    algorithm = algorithm.removeprefix("alg=") or "RS1"

    def told(part: str, data: Any, *, uuid: str = params["UUID"], key: str = "trustly") -> dict[str, Any]:
        pem = (keys / f"{key}_private.pem").read_bytes()
        return trustly_signed(part, method, uuid, data, algorithm, pem)

    public = serialization.load_pem_public_key((keys / "merchant_public.pem").read_bytes())
    assert isinstance(public, rsa.RSAPublicKey)
    text = f"{method}{params['UUID']}{serialised(params['Data'])}".encode()
    try:
        public.verify(base64.b64decode(given), text, padding.PKCS1v15(), HASHES[algorithm])
    except InvalidSignature:
        return told("error", {"code": 636, "message": "ERROR_INVALID_SIGNATURE"})
    if what == "decline":
        return told("error", {"code": 623, "message": "ERROR_DUPLICATE_MESSAGE_ID"})
    if what == "fault":
        return told("error", {"code": 620, "message": "ERROR_UNKNOWN"})
    uuid = "another" if what == "other" else params["UUID"]
    key = "merchant" if what == "forged" else "trustly"
    return told("result", trustly_data(method, params["Data"], what), uuid=uuid, key=key)


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


def trustly_signed(part: str, method: str, uuid: str, data: Any, algorithm: str, pem: bytes) -> dict[str, Any]:
    """A result or an error with its signature."""
    private = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    made = private.sign(f"{method}{uuid}{serialised(data)}".encode(), padding.PKCS1v15(), HASHES[algorithm])
    signature = base64.b64encode(made).decode()
    signature = signature if algorithm == "RS1" else f"alg={algorithm};{signature}"
    signed = {"signature": signature, "uuid": uuid, "method": method, "data": data}
    if part == "result":
        return {"version": "1.1", "result": signed}
    error = {"name": "JSONRPCError", "code": data["code"], "message": data["message"], "error": signed}
    return {"version": "1.1", "error": error}
