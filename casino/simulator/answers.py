"""Answers of the wallet, read as strictly as the contract is written."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from casino.simulator.calls import Call, CallKind
from casino.simulator.currencies import EXACT
from casino.simulator.wire import RawAnswer

STATUS_OF_CODE: Mapping[str, int] = {
    code: status
    for status, codes in {
        400: "unsupported_currency invalid_amount",
        401: "missing_credentials unknown_provider unknown_key clock_skew invalid_signature",
        402: "insufficient_funds",
        403: "https_required ip_not_allowed provider_disabled",
        404: "player_not_found game_not_found session_not_found jackpot_not_found transaction_not_found "
        "round_not_found",
        409: "idempotency_conflict transaction_rolled_back original_settled player_mismatch currency_mismatch "
        "round_closed bet_not_found",
        422: "session_expired token_expired token_used player_blocked self_excluded time_out_active kyc_required "
        "limit_reached stake_limit_exceeded reality_check_due geo_blocked game_disabled",
        429: "rate_limited",
        503: "busy temporarily_unavailable",
    }.items()
    for code in codes.split()
}
RETRY_CODES = frozenset({"bet_not_found", "rate_limited", "busy", "temporarily_unavailable"})
# Why the house does not let somebody play just now; the provider goes on with other players and games.
NO_SEAT = frozenset(
    [
        "player_blocked",
        "self_excluded",
        "time_out_active",
        "kyc_required",
        "limit_reached",
        "stake_limit_exceeded",
        "reality_check_due",
        "geo_blocked",
        "game_disabled",
    ]
)
PLAY_REFUSALS = NO_SEAT | {"session_expired", "token_expired"}
WITH_RETRY_AFTER = frozenset({"rate_limited", "temporarily_unavailable"})
PLAIN_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)


_MONEY = ("transaction_id", "wallet_transaction_id", "round_id", "processed_at", "balance")
FIELDS_OF_SUCCESS: Mapping[CallKind, tuple[str, ...]] = {
    CallKind.AUTH: (
        *("player_id", "session_id", "currency", "country", "language", "jurisdiction", "expires_at", "mode"),
        "balance",
    ),
    CallKind.BALANCE: ("balance",),
    CallKind.BET: _MONEY,
    CallKind.WIN: _MONEY,
    CallKind.JACKPOT: _MONEY,
    CallKind.ROLLBACK: (*_MONEY, "original"),
    CallKind.END_ROUND: ("round_id", "closed_at", "balance"),
    CallKind.TRANSACTION: (
        "transaction_id",
        "type",
        "state",
        "amount",
        "currency",
        "round_id",
        "processed_at",
        "response",
    ),
    CallKind.REGISTER: ("player_id", "token", "currency", "balance"),
    CallKind.LAUNCH: ("token",),
}


class UnreadableAnswerError(Exception):
    """The answer breaks the contract so badly that it says nothing about the call."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance as answered, in the wallet's currency."""

    currency: str
    real: Decimal
    bonus: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Answer:
    """One readable answer; ``outcome`` is ``ok`` or the error code, ``retry_after`` is in seconds."""

    status: int
    body: bytes
    payload: Mapping[str, object]
    outcome: str
    retry: bool
    replayed: bool
    retry_after: float | None
    balance: Balance | None
    complaints: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Carried out."""
        return self.outcome == "ok"

    def text(self, name: str) -> str:
        """A text field of the answer, empty when absent."""
        value = self.payload.get(name)
        return value if isinstance(value, str) else ""


def answer_read(raw: RawAnswer, call: Call) -> Answer:
    """Read an answer to ``call``; raises UnreadableAnswerError when it is not the contract's JSON at all."""
    if "json" not in raw.headers.get("content-type", "").lower():
        raise UnreadableAnswerError(f"HTTP {raw.status} with {raw.headers.get('content-type')!r} instead of JSON")
    try:
        payload = json.loads(raw.body)
    except ValueError as error:
        raise UnreadableAnswerError(f"HTTP {raw.status} with a body that is not JSON") from error
    if not isinstance(payload, dict):
        raise UnreadableAnswerError(f"HTTP {raw.status} with JSON that is not an object")
    complaints: list[str] = []
    outcome, retry = _outcome(raw, payload, complaints)
    if outcome == "ok":
        _shape(call, payload, complaints)
    balance = _balance(payload, complaints)
    if outcome == "insufficient_funds" and balance is None:
        complaints.append("insufficient_funds without the balance")
    replayed = raw.headers.get("idempotent-replay", "").lower() == "true"
    if call.request_id and not replayed and payload.get("request_id") != call.request_id:
        complaints.append(f"request id {call.request_id!r} came back as {payload.get('request_id')!r}")
    wait = _retry_after(raw, complaints)
    if outcome in WITH_RETRY_AFTER and wait is None:
        complaints.append(f"{outcome} without Retry-After")
    return Answer(raw.status, raw.body, payload, outcome, retry, replayed, wait, balance, tuple(complaints))


def _shape(call: Call, payload: dict[str, object], complaints: list[str]) -> None:
    missing = [name for name in ("status", "request_id", *FIELDS_OF_SUCCESS.get(call.kind, ())) if name not in payload]
    if missing:
        complaints.append(f"answer without {', '.join(missing)}")
    if call.transaction_id is not None and payload.get("transaction_id") != call.transaction_id:
        complaints.append(f"answer about transaction {payload.get('transaction_id')!r}")


def _outcome(raw: RawAnswer, payload: dict[str, object], complaints: list[str]) -> tuple[str, bool]:
    if raw.status == 200:
        if payload.get("status") == "error":
            complaints.append("HTTP 200 with status error")
        return "ok", False
    error = payload.get("error")
    if not isinstance(error, dict) or not isinstance(error.get("code"), str):
        raise UnreadableAnswerError(f"HTTP {raw.status} without error.code: {raw.body[:120]!r}")
    code: str = error["code"]
    allowed = {400, 413} if code == "invalid_request" else {STATUS_OF_CODE.get(code)}
    if raw.status not in allowed:
        complaints.append(f"code {code} came with HTTP {raw.status}")
    if payload.get("status") != "error" or not isinstance(error.get("message"), str):
        complaints.append(f"error {code} is not in the contract's form")
    told = error.get("class")
    if told not in ("retry", "final") or (told == "retry") != (code in RETRY_CODES):
        complaints.append(f"code {code} came with class {told!r}")
    return code, told == "retry" or raw.status >= 500


def _retry_after(raw: RawAnswer, complaints: list[str]) -> float | None:
    text = raw.headers.get("retry-after")
    if text is None:
        return None
    if not text.isdigit():
        complaints.append(f"Retry-After is {text!r}, not whole seconds")
        return None
    return float(text)


def _balance(payload: dict[str, object], complaints: list[str]) -> Balance | None:
    told = payload.get("balance")
    if told is None:
        return None
    try:
        if not isinstance(told, dict):
            raise UnreadableAnswerError("balance is not an object")
        real, bonus, total = (_amount(told.get(name)) for name in ("real", "bonus", "total"))
    except UnreadableAnswerError as error:
        complaints.append(str(error))
        return None
    if EXACT.add(real, bonus) != total:
        complaints.append(f"balance {real} real and {bonus} bonus do not make {total}")
    if min(real, bonus, total) < 0:
        complaints.append(f"negative balance {told}")
    return Balance(str(told.get("currency")), real, bonus, total)


def _amount(value: object) -> Decimal:
    if not isinstance(value, str) or not PLAIN_DECIMAL.fullmatch(value.removeprefix("-")):
        raise UnreadableAnswerError(f"amount {value!r} is not a plain decimal string")
    return Decimal(value)
