"""One call as an OpenAPI operation: its request, its answer, and every error that it can give."""

from __future__ import annotations

from typing import Final

from wallet.api.contract.bodies import ANSWERS, REQUESTS
from wallet.api.contract.codes import RECORDED, codes_of, refusal_of
from wallet.api.contract.components import REQUEST_ID, SIGNED
from wallet.api.contract.examples import example_path
from wallet.api.contract.fields import PLAYER, TRANSACTION, Schema

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "auth": ("Exchange a one-time launch token for a game session", "Answers the player's profile and balance."),
    "balance": ("Current balance", "Moves nothing; works after the session ended."),
    "bet": ("Debit a stake", "Needs a session that is alive. Safe to repeat with the same `transaction_id`."),
    "win": ("Credit a payout", "Amount `\"0\"` records a loss. Accepted after the session ended."),
    "rollback": (
        "Reverse one bet or win",
        "Safe to repeat, with the same or a new id: money comes back once. Amounts are the original's. "
        "An unknown original is remembered, so that it moves nothing when it arrives later.",
    ),
    "jackpot": ("Credit a jackpot win, paid from the jackpot pool", "Needs a booked bet in the round."),
    "end-round": ("Close a round that has no further calls", "Closing twice is a success."),
    "transactions": ("The state of one of the caller's own transactions", "For providers in doubt."),
    "ping": ("Liveness", "No authentication, no side effect."),
    "sandbox-players": ("A fresh test player with mock credits and a launch token", "Sandbox only; 404 elsewhere."),
    "sandbox-launch": ("Another launch token for the same test player", "Sandbox only; 404 elsewhere."),
    "sandbox-state": ("Block, unblock, expire the session, add mock credits", "Sandbox only; 404 elsewhere."),
}  # fmt: skip
_STATUS_TEXTS: Final = {
    400: "The request does not have the contract's form.", 401: "Who calls is not proven.",
    402: "The balance does not cover the stake; it is told.", 403: "The caller may not call.",
    404: "Something that the call names does not exist.", 405: "Another HTTP method.",
    409: "The call contradicts what is booked.", 413: "The body is larger than 64 KiB.",
    422: "The player or game may not play now.", 429: "More calls than agreed; no id is used up.",
    503: "Not now; no id is used up. Repeat with the same id.",
}  # fmt: skip


def operation_of(call: str, method: str) -> Schema:
    """The whole operation of `call`."""
    summary, description = _TEXTS[call]
    operation: Schema = {
        "operationId": call, "summary": summary, "description": description,
        "tags": ["Sandbox" if call.startswith("sandbox-") else "Wallet"],
        "parameters": [*_path_parameters(call), REQUEST_ID],
        "security": [{}] if call == "ping" else SIGNED,
        "responses": {"200": _success(call)},
    }  # fmt: skip
    if method == "POST":
        content = {"application/json": {"schema": REQUESTS[call]}}
        operation["requestBody"] = {"required": True, "content": content}
    for status, codes in codes_of(call).items():
        operation["responses"][str(status)] = _failure(call, status, codes)
    return operation


def _path_parameters(call: str) -> list[Schema]:
    schemas = {"transactions": ("transaction_id", TRANSACTION)}
    schemas |= dict.fromkeys(("sandbox-launch", "sandbox-state"), ("player_id", PLAYER))
    if call not in schemas:
        return []
    name, schema = schemas[call]
    return [{"name": name, "in": "path", "required": True, "schema": schema}]


def _headers(call: str, status: int) -> Schema:
    names = ["X-Request-Id"]
    if call in RECORDED and status in (200, 402, 404, 409, 422):
        names.append("Idempotent-Replay")
    if status in (429, 503):
        names.append("Retry-After")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _success(call: str) -> Schema:
    fields = ANSWERS[call]
    body = {"type": "object", "required": list(fields), "properties": fields}
    return {
        "description": "Done.", "headers": _headers(call, 200),
        "content": {"application/json": {"schema": {"allOf": [{"$ref": "#/components/schemas/Success"}, body]}}},
    }  # fmt: skip


def _failure(call: str, status: int, codes: tuple[str, ...]) -> Schema:
    classes = sorted({"retry" if refusal_of(code, status).retry else "final" for code in codes})
    error = {"properties": {"code": {"enum": list(codes)}, "class": {"enum": classes}}}
    body: Schema = {"properties": {"error": error}}
    if status == 402:
        body["required"] = ["balance"]
    if "clock_skew" in codes:
        body["properties"]["server_time"] = {
            "type": "integer", "description": "With `clock_skew`: our clock, Unix time in seconds."
        }  # fmt: skip
    return {
        "description": _STATUS_TEXTS[status], "headers": _headers(call, status),
        "content": {
            "application/json": {
                "schema": {"allOf": [{"$ref": "#/components/schemas/Error"}, body]},
                "examples": {code: {"$ref": example_path(code, status)} for code in codes},
            }
        },
    }  # fmt: skip
