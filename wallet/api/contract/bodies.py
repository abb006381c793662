"""The request and the successful answer of each call (wallet-api-v1 §3, §7)."""

from __future__ import annotations

from typing import Final

from wallet.api.contract import fields as f
from wallet.api.contract.fields import Schema, amount, identifier, optional

Fields = dict[str, Schema]


def request(required: Fields, may: Fields) -> Schema:
    """A request: unknown fields are ignored but kept in the request log."""
    return {"type": "object", "required": list(required), "properties": {**required, **may}}


_MONEY: Final[Fields] = {
    "transaction_id": f.TRANSACTION, "player_id": f.PLAYER, "game_code": f.GAME, "round_id": f.ROUND,
}  # fmt: skip

REQUESTS: Final[dict[str, Schema]] = {
    "auth": request(
        {"token": identifier("The one-time launch token out of the game's address.", "ZW50ZXI")},
        {"game_code": optional(f.GAME)},
    ),
    "balance": request(
        {"player_id": f.PLAYER}, {"session_id": optional(f.SESSION), "currency": optional(f.CURRENCY)}
    ),
    "bet": request(
        {
            **_MONEY, "session_id": f.SESSION, "amount": amount("The stake; `\"0\"` is a bet without money."),
            "currency": f.CURRENCY,
        },
        {
            "jackpot_contribution": optional(amount("The share of the stake for the game's jackpot.", "0.10")),
            "free_round_id": optional(identifier("The free round that this bet is; no money is debited.", "fr-3")),
            "round_closed": f.ROUND_CLOSED,
            "occurred_at": f.OCCURRED,
        },
    ),
    "win": request(
        {**_MONEY, "amount": amount("The payout; `\"0\"` records a loss.", "25.00"), "currency": f.CURRENCY},
        {
            "session_id": optional(f.SESSION),
            "bet_transaction_id": optional(identifier("The bet that it pays, of the same round.", "tx-8811")),
            "kind": f.KIND,
            "round_closed": f.ROUND_CLOSED,
            "occurred_at": f.OCCURRED,
        },
    ),
    "rollback": request(
        {
            "transaction_id": f.TRANSACTION,
            "original_transaction_id": identifier("The bet or win to be reversed.", "tx-8811"),
            "player_id": f.PLAYER,
        },
        {
            "round_id": optional(f.ROUND),
            "game_code": optional(f.GAME),
            "reason": optional({
                "type": "string", "minLength": 1, "maxLength": 1000, "pattern": "^[^\\x00]+$",
                "description": "Why, for people.", "examples": ["time-out"],
            }),
        },
    ),
    "jackpot": request(
        {
            **_MONEY, "jackpot_code": identifier("The jackpot's code.", "sandbox-pool"),
            "amount": amount("The jackpot win, more than zero; paid out of the pool.", "1234.50"),
            "currency": f.CURRENCY,
        },
        {"round_closed": f.ROUND_CLOSED},
    ),
    "end-round": request({"player_id": f.PLAYER, "game_code": f.GAME, "round_id": f.ROUND}, {}),
    "sandbox-players": request(
        {"currency": f.CURRENCY},
        {
            "balance": optional(amount("Mock credits, at most 1000000000000; none when absent.", "100.00")),
            "country": optional({
                "type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166; MT when absent.",
                "examples": ["MT"],
            }),
            "language": optional({
                "type": "string", "pattern": "^[A-Za-z-]{2,8}$", "description": "A language tag; en when absent.",
                "examples": ["en"],
            }),
            "game_code": optional(identifier("One of your games; sandbox-slot when absent.", "sandbox-slot")),
        },
    ),
    "sandbox-launch": request({"game_code": f.GAME}, {}),
    "sandbox-state": request(
        {},
        {
            "status": {
                "type": ["string", "null"], "enum": ["active", "blocked", "closed", None],
                "description": "The player's status from now on.",
            },
            "session_expired": {
                "type": ["boolean", "null"], "default": False, "description": "End the player's sessions with you.",
            },
            "credit": optional(amount("Mock credits to add, in the player's currency.", "50.00")),
        },
    ),
}  # fmt: skip

BALANCE: Final[Schema] = {"$ref": "#/components/schemas/Balance"}
_BOOKED: Final[Fields] = {
    "balance": BALANCE, "transaction_id": f.TRANSACTION,
    "wallet_transaction_id": {"type": "string", "format": "uuid", "description": "The wallet's id of the booking."},
    "round_id": f.ROUND, "processed_at": f.instant("When it was booked."),
}  # fmt: skip

ANSWERS: Final[dict[str, Fields]] = {
    "auth": {
        "balance": BALANCE, "player_id": f.PLAYER, "session_id": f.SESSION, "currency": f.CURRENCY,
        "country": f.text("ISO 3166.", "MT"), "language": f.text("A language tag.", "en"),
        "jurisdiction": f.text("Whose rules apply.", "MT"),
        "expires_at": f.instant("When the session ends unless it is played in."), "mode": f.MODE,
    },
    "balance": {"balance": BALANCE},
    "bet": _BOOKED,
    "win": _BOOKED,
    "rollback": {
        **_BOOKED, "round_id": {**f.ROUND, "type": ["string", "null"], "description": "The original's round."},
        "original": f.ORIGINAL,
    },
    "jackpot": _BOOKED,
    "end-round": {"balance": BALANCE, "round_id": f.ROUND, "closed_at": f.instant("When it was first closed.")},
    "transactions": {
        "transaction_id": f.TRANSACTION, "type": f.CALL, "state": f.STATE,
        "amount": {"type": ["string", "null"], "description": "The call's amount; of a rollback, what it reversed."},
        "currency": {"type": ["string", "null"]}, "round_id": {"type": ["string", "null"]},
        "processed_at": f.instant("When its outcome was recorded."),
        "response": {"type": "object", "description": "The original answer."},
        "balance": {"oneOf": [BALANCE, {"type": "null"}], "description": "The player's balance now."},
    },
    "ping": {"server_time": {"type": "integer", "description": "Our clock: Unix time in seconds."}},
    "sandbox-players": {
        "player_id": f.PLAYER, "token": f.text("A one-time launch token.", "ZW50ZXI"), "currency": f.CURRENCY,
        "balance": BALANCE,
    },
    "sandbox-launch": {
        "token": f.text("A one-time launch token.", "ZW50ZXI"), "expires_at": f.instant("The token's end."),
    },
    "sandbox-state": {"player_id": f.PLAYER, "balance": BALANCE},
}  # fmt: skip
