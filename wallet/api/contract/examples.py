"""One example of every error answer, shared by the calls that can give it."""

from __future__ import annotations

from typing import Any, Final

from wallet.api.contract.codes import OWN, codes_of, refusal_of
from wallet.api.contract.fields import Schema

_BALANCE: Final[Schema] = {"currency": "EUR", "real": "4.50", "bonus": "0.00", "total": "4.50"}


def example_name(code: str, status: int) -> str:
    """`invalid_request` is worded differently under each status; every other code has one."""
    return f"{code}_{status}" if code == "invalid_request" else code


def example_path(code: str, status: int) -> str:
    """Where the document keeps it."""
    return f"#/components/examples/{example_name(code, status)}"


def example_of(code: str, status: int) -> Schema:
    refusal = refusal_of(code, status)
    value: dict[str, Any] = {
        "status": "error", "request_id": "9f2c61d0-5a0e-4b6c-8a57-0d7f5ce0f6a1",
        "error": {"code": code, "class": "retry" if refusal.retry else "final", "message": refusal.message},
    }  # fmt: skip
    if code == "insufficient_funds":
        value["balance"] = _BALANCE
    if code == "clock_skew":
        value["error"]["details"] = {"server_time": "1700000000"}
        value["server_time"] = 1700000000
    return value


def examples_all() -> dict[str, Schema]:
    """Every example that some call refers to."""
    return {
        example_name(code, status): {"value": example_of(code, status)}
        for call in OWN
        for status, codes in codes_of(call).items()
        for code in codes
    }
