"""What the calls share: the balance, the form of errors, headers and the signature's four headers."""

from __future__ import annotations

from typing import Any, Final

from common.currencies import CURRENCIES
from wallet.api.contract.examples import examples_all
from wallet.api.contract.fields import CURRENCY, Schema

_EXACT: Final[Schema] = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$", "examples": ["10.00"]}
_REQUEST_ID: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[ -~]+$"}

SCHEMAS: Final[dict[str, Schema]] = {
    "Currency": {
        "type": "string", "enum": sorted(CURRENCIES), "examples": ["EUR"],
        "description": "The wallet's currency: a code of ISO 4217, or of a crypto currency.",
    },
    "Balance": {
        "type": "object", "required": ["currency", "real", "bonus", "total"],
        "description": "Exact, without trailing zeros beyond the currency's display digits.",
        "properties": {"currency": CURRENCY, "real": _EXACT, "bonus": _EXACT, "total": _EXACT},
    },
    "Success": {
        "type": "object", "required": ["status", "request_id"],
        "properties": {
            "status": {"const": "ok", "type": "string"},
            "request_id": {**_REQUEST_ID, "description": "Of the call that was carried out; see X-Request-Id."},
        },
    },
    "Error": {
        "type": "object", "required": ["status", "request_id", "error"],
        "properties": {
            "status": {"const": "error", "type": "string"},
            "request_id": _REQUEST_ID,
            "error": {
                "type": "object", "required": ["code", "class", "message"],
                "properties": {
                    "code": {"type": "string"},
                    "class": {
                        "type": "string", "enum": ["final", "retry"],
                        "description": "`final`: do not retry. `retry`: repeat with the same id.",
                    },
                    "message": {"type": "string"},
                    "details": {"type": "object", "additionalProperties": {"type": "string"}},
                },
            },
            "balance": {"$ref": "#/components/schemas/Balance"},
        },
    },
}  # fmt: skip

HEADERS: Final[dict[str, Schema]] = {
    "X-Request-Id": {"description": "The caller's, or one of ours.", "required": True, "schema": _REQUEST_ID},
    "Idempotent-Replay": {
        "description": "There when the answer was recorded earlier: same bytes, nothing moved again.",
        "schema": {"type": "string", "const": "true"},
    },
    "Retry-After": {
        "description": "Seconds to wait before repeating with the same id.", "required": True,
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
}  # fmt: skip

# No pattern: what is not ASCII may not even reach us, and counts as absent then.
REQUEST_ID: Final[Schema] = {
    "name": "X-Request-Id", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 128},
    "description": "Optional; echoed. At most 128 printable ASCII characters.",
}  # fmt: skip


def _credential(name: str, description: str) -> Schema:
    return {"type": "apiKey", "in": "header", "name": name, "description": description}


SECURITY: Final[dict[str, Schema]] = {
    "Provider": _credential("X-Provider", "The provider's code."),
    "KeyId": _credential("X-Key-Id", "Which of the provider's active keys signed; two may be active while rotating."),
    "Timestamp": _credential(
        "X-Timestamp", "Unix time in whole seconds, at most 300 s away from our clock; else `clock_skew`."
    ),
    "Signature": _credential(
        "X-Signature",
        '`v1=` and the lower-case hex HMAC-SHA256, key = the secret as UTF-8 bytes, over `timestamp + "." + METHOD '
        '+ "." + path-and-query as sent + "." + raw body bytes`.\n\nKnown answer: secret `sandbox-secret`, '
        "timestamp `1700000000`, `POST`, path `/api/wallet/v1/bet`, body "
        '`{"transaction_id":"t1","amount":"1.00"}` gives '
        "`v1=93c86e0fc0fe450177838bdeddf6e409104b0c2346bb7babea6d57ef108451b5`.",
    ),
}
SIGNED: Final[list[Schema]] = [{name: [] for name in SECURITY}]


def components_add(result: Any, generator: Any, request: Any, public: bool) -> Any:  # noqa: ARG001, FBT001
    """drf-spectacular's post-processing hook: the components that the operations refer to."""
    found = result.setdefault("components", {})
    found.setdefault("schemas", {}).update(SCHEMAS)
    found.setdefault("headers", {}).update(HEADERS)
    found.setdefault("examples", {}).update(sorted(examples_all().items()))
    found.setdefault("securitySchemes", {}).update(SECURITY)
    return result


def wallet_calls_only(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """The document of the wallet tells of no other API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/wallet/")]
