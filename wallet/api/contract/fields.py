"""Schemas of single fields (wallet-api-v1 §3)."""

from __future__ import annotations

from typing import Any, Final

from casino.play.enums import LegKind, SessionMode, WinKind
from wallet.enums import AnswerOutcome

Schema = dict[str, Any]

AMOUNT_PATTERN: Final = r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,18})?$"


def identifier(description: str, example: str) -> Schema:
    """An opaque string of 1 to 255 characters, case-sensitive."""
    return {
        "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[^\\x00]+$", "description": description,
        "examples": [example],
    }  # fmt: skip


def amount(description: str, example: str = "10.00") -> Schema:
    """A plain decimal in a string."""
    return {
        "type": "string", "pattern": AMOUNT_PATTERN, "examples": [example],
        "description": f"{description} A plain decimal in a string: no sign, exponent, leading zeros or thousands "
        "mark; as many decimals as the currency's ledger keeps (8, crypto 18), never rounded.",
    }  # fmt: skip


def optional(schema: Schema) -> Schema:
    """The same field where null counts as absent."""
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def text(description: str, example: str) -> Schema:
    """Text in an answer."""
    return {"type": "string", "description": description, "examples": [example]}


def instant(description: str) -> Schema:
    """A moment in an answer or request."""
    return {
        "type": "string", "format": "date-time", "description": description,
        "examples": ["2026-03-02T12:00:00.000000Z"],
    }  # fmt: skip


CURRENCY: Final[Schema] = {"$ref": "#/components/schemas/Currency"}
TRANSACTION: Final = identifier(
    "The provider's id of this call; one space for bet, win, rollback and jackpot. Repeat a call with the same id "
    "until it is answered: it is carried out once.", "tx-8812",
)  # fmt: skip
PLAYER: Final = identifier("The player, as `auth` named him.", "pl_7h2k9d")
SESSION: Final = identifier("The session, as `auth` named it.", "gs_4m8q1z")
GAME: Final = identifier("The game's code.", "sandbox-slot")
ROUND: Final = identifier("The provider's id of the round.", "round-17")
ROUND_CLOSED: Final[Schema] = {
    "type": ["boolean", "null"], "default": False, "description": "Close the round with this call."
}  # fmt: skip
OCCURRED: Final[Schema] = optional(
    {**instant("When it happened at the provider, ISO 8601 with its offset from UTC."), "maxLength": 64}
)
KIND: Final[Schema] = {
    "type": ["string", "null"], "enum": [*(kind.value for kind in WinKind), None], "default": WinKind.GAME.value,
    "description": "`game` needs a booked bet in the round; `free_round` and `promo` do not.",
}  # fmt: skip
MODE: Final[Schema] = {"type": "string", "enum": [mode.value for mode in SessionMode]}
STATE: Final[Schema] = {
    "type": "string", "enum": [*(outcome.value for outcome in AnswerOutcome), "reversed"],
    "description": "`tombstone`: a rollback of this id came before the call itself, which will be refused.",
}  # fmt: skip
CALL: Final[Schema] = {
    "type": ["string", "null"], "enum": [*(kind.value for kind in LegKind), None],
    "description": "Which call it was; null for a tombstone.",
}  # fmt: skip
ORIGINAL: Final[Schema] = {
    "type": "string", "enum": ["reversed", "already_reversed", "not_found"],
    "description": "What became of the original. `not_found`: nothing moved; if it arrives later it is refused.",
}  # fmt: skip
