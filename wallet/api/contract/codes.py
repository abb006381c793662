"""Which codes each call can answer (wallet-api-v1 §5), and the sentence and class that go with each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import compliance.errors  # noqa: F401 - their refusals are found below
import wallet.errors  # noqa: F401 - the same
from common.errors import Refusal
from wallet.api import errors
from wallet.api.statuses import STATUS

Codes = dict[int, tuple[str, ...]]

_UNSIGNED: Final[Codes] = {
    400: ("invalid_request",),
    403: ("https_required",),
    405: ("invalid_request",),
    413: ("invalid_request",),
    503: ("temporarily_unavailable",),
}
_SIGNED: Final[Codes] = {
    **_UNSIGNED,
    401: ("missing_credentials", "unknown_provider", "unknown_key", "clock_skew", "invalid_signature"),
    403: ("https_required", "ip_not_allowed", "provider_disabled"),
    429: ("rate_limited",),
    503: ("busy", "temporarily_unavailable"),
}
_AMOUNTS: Final = ("invalid_amount", "unsupported_currency")
_GATE: Final = (
    "player_blocked", "self_excluded", "time_out_active", "kyc_required", "limit_reached", "reality_check_due",
    "geo_blocked", "game_disabled",
)  # fmt: skip
_ID_KNOWN: Final = ("idempotency_conflict", "transaction_rolled_back")

# What a call can answer beyond what every signed call can.
OWN: Final[dict[str, tuple[str, ...]]] = {
    "auth": ("session_not_found", "game_not_found", "session_expired", "token_expired", "token_used", *_GATE),
    "balance": (
        "unsupported_currency", "player_not_found", "session_not_found", "player_mismatch", "currency_mismatch",
    ),
    "bet": (
        *_AMOUNTS, "insufficient_funds", "player_not_found", "game_not_found", "session_not_found",
        "jackpot_not_found", *_ID_KNOWN, "player_mismatch", "currency_mismatch", "round_closed", "session_expired",
        "stake_limit_exceeded", *_GATE,
    ),
    "win": (
        *_AMOUNTS, "player_not_found", "game_not_found", *_ID_KNOWN, "player_mismatch", "currency_mismatch",
        "round_closed", "bet_not_found",
    ),
    "rollback": ("player_not_found", *_ID_KNOWN, "original_settled", "player_mismatch"),
    "jackpot": (
        *_AMOUNTS, "player_not_found", "game_not_found", "jackpot_not_found", *_ID_KNOWN, "currency_mismatch",
        "bet_not_found",
    ),
    "end-round": ("player_not_found", "game_not_found", "round_not_found"),
    "transactions": ("transaction_not_found",),
    "ping": (),
    "sandbox-players": (*_AMOUNTS, "game_not_found", "game_disabled"),
    "sandbox-launch": ("player_not_found", "game_not_found", "player_blocked", "game_disabled"),
    "sandbox-state": ("invalid_amount", "player_not_found"),
}  # fmt: skip
RECORDED: Final = ("bet", "win", "rollback", "jackpot")


def codes_of(call: str) -> Codes:
    """Every error code that `call` can answer, by HTTP status."""
    found: dict[int, list[str]] = {s: list(codes) for s, codes in (_UNSIGNED if call == "ping" else _SIGNED).items()}
    if call.startswith("sandbox-"):
        found[404] = ["invalid_request"]
    for code in OWN[call]:
        found.setdefault(STATUS[code], []).append(code)
    return {status: tuple(found[status]) for status in sorted(found)}


def _refusals(root: type[Refusal]) -> Iterator[type[Refusal]]:
    for refusal in root.__subclasses__():
        yield refusal
        yield from _refusals(refusal)


def refusal_of(code: str, status: int) -> type[Refusal]:
    """The refusal that is worded so: its sentence and whether to repeat."""
    special = {405: errors.MethodNotAllowed, 413: errors.BodyTooLarge}
    if code == "invalid_request":
        return errors.NoSuchCall if status == 404 else special.get(status, errors.InvalidRequest)
    # The player API words some codes for players.
    known = (r for r in _refusals(Refusal) if not r.__module__.startswith("players."))
    return next(r for r in known if getattr(r, "code", "") == code)
