"""Calls to Nuvei's REST API 1.0. Never raises for what Nuvei or the net does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from casino.gateways.adapters.calling import FAULTS, json_sent
from casino.gateways.adapters.nuvei.requests import CHECKSUMS, covered
from casino.gateways.adapters.nuvei.signature import algorithm_of, checksum
from casino.gateways.adapters.wire import json_object, refused, told, unsure
from casino.gateways.types import Credentials, Reply

# A fault on Nuvei's side after which nobody knows whether the transaction was made ("general", "timeout").
NOT_DEFINITE: Final = frozenset({"", "0", "1000", "1038", "1060"})


def called(call: str, body: Mapping[str, Any], credentials: Credentials) -> Mapping[str, Any] | Reply:
    """Nuvei's answer with status SUCCESS, or the Reply that its absence or refusal means."""
    secrets = credentials.secrets
    try:
        asked: dict[str, Any] = {
            "merchantId": secrets["merchant_id"],
            "merchantSiteId": secrets["merchant_site_id"],
            "timeStamp": datetime.now(tz=UTC).strftime("%Y%m%d%H%M%S"),
            **body,
        }
        if call in CHECKSUMS:
            asked["checksum"] = checksum([*covered(call, asked), secrets["secret_key"]], algorithm_of(secrets))
    except (LookupError, ValueError) as problem:
        return refused("not_configured", type(problem).__name__)
    address = f"{credentials.url.rstrip('/')}/{call}.do"
    try:
        status, raw = json_sent(address, asked, credentials.timeout_ms)
        whole = json_object(raw)
    except FAULTS as problem:
        return unsure("no_answer", type(problem).__name__)
    if status != 200:
        return unsure(f"http_{status}")
    return _read(whole)


def _read(whole: Mapping[str, Any]) -> Mapping[str, Any] | Reply:
    status = whole.get("status")
    if status == "SUCCESS":
        return whole
    code, reason = told(whole.get("errCode"), 20), told(whole.get("reason"))
    if status != "ERROR" or code in NOT_DEFINITE:
        return unsure(code or "no_status", reason)
    return refused(code, reason)
