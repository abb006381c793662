"""Calls to Trustly: JSON-RPC 1.1 over HTTPS, signed both ways. Never raises for what Trustly or the net does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from casino.gateways.adapters.calling import FAULTS, json_sent
from casino.gateways.adapters.trustly.signature import holds, signed
from casino.gateways.adapters.wire import json_object, refused, told, unsure
from casino.gateways.types import Credentials, Reply

# Faults on Trustly's side after which nobody knows whether the order was made.
NOT_DEFINITE: Final = frozenset({"ERROR_UNKNOWN", "ERROR_INTERNAL_ERROR", "ERROR_TIMEOUT", "ERROR_RATE_LIMIT_EXCEEDED"})
# "The MessageID is in use already": an earlier telling of the same call arrived.
DUPLICATE: Final = "ERROR_DUPLICATE_MESSAGE_ID"


def called(method: str, data: Mapping[str, Any], credentials: Credentials) -> Mapping[str, Any] | Reply:
    """The `data` of Trustly's answer, whose signature held, or the Reply that its absence or refusal means."""
    uuid, secrets = str(uuid4()), credentials.secrets
    try:
        whole = {"Username": secrets["username"], "Password": secrets["password"], **data}
        signature = signed(secrets["private_key"], algorithm_of(secrets), method=method, uuid=uuid, data=whole)
    except (LookupError, ValueError, TypeError) as problem:
        return refused("not_configured", type(problem).__name__)
    body = {
        "method": method,
        "version": "1.1",
        "params": {"UUID": uuid, "Signature": signature, "Data": whole},
    }
    try:
        status, raw = json_sent(credentials.url, body, credentials.timeout_ms)
        told_whole = json_object(raw, spelt=True)
    except FAULTS as problem:
        return unsure("no_answer", type(problem).__name__)
    if status >= 500:
        return unsure(f"http_{status}")
    return _read(told_whole, method, uuid, secrets)


def algorithm_of(secrets: Mapping[str, str]) -> str:
    """What we sign with, and the least that we take: the account's, SHA-1 where none is set."""
    return secrets.get("algorithm") or "RS1"


def is_trustlys(secrets: Mapping[str, str], signature: object, *, method: str, uuid: str, data: object) -> bool:
    """Whether a signature is Trustly's, under the key of today or the next."""
    keys = [secrets[name] for name in ("public_key", "public_key_next") if secrets.get(name)]
    return any(holds(key, algorithm_of(secrets), signature, method=method, uuid=uuid, data=data) for key in keys)


def _read(whole: Mapping[str, Any], method: str, uuid: str, secrets: Mapping[str, str]) -> Mapping[str, Any] | Reply:
    result, error = whole.get("result"), whole.get("error")
    part = result if isinstance(result, dict) else error.get("error", error) if isinstance(error, dict) else None
    if not isinstance(part, dict) or "data" not in part:
        return unsure("no_answer", "neither a result nor an error")
    # An answer to another call, put in the place of ours, would have its own uuid.
    if part.get("uuid") != uuid or part.get("method") != method:
        return unsure("other_answer", "the answer is to another call")
    data = part["data"]
    if not is_trustlys(secrets, part.get("signature"), method=method, uuid=uuid, data=data):
        return unsure("signature", "the answer's signature does not hold")
    if isinstance(result, dict):
        return data if isinstance(data, dict) else {"rows": data}
    return _refusal(data if isinstance(data, dict) else {})


def _refusal(data: Mapping[str, Any]) -> Reply:
    code = told(data.get("message"), 60) or told(data.get("code"), 20)
    if not code or code in NOT_DEFINITE:
        return unsure(code or "error")
    return refused(code, told(data.get("code"), 20))
