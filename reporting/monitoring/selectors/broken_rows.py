"""Whom a broken row is about, by the words with which verifications name rows."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.db import connection

_WORDS: Final = re.compile(r"\b(account|hold|round|leg|transaction) ([0-9a-f-]+)\b")
_PLAYERS: Final = {
    "account": "SELECT player_id FROM wallet_account WHERE id = %s",
    "hold": "SELECT a.player_id FROM wallet_hold h JOIN wallet_account a ON a.id = h.account_id WHERE h.id = %s",
    "transaction": "SELECT player_id FROM wallet_transaction WHERE id = %s",
}
_GAMES: Final = {
    "round": "SELECT game_id FROM play_round WHERE id = %s",
    "leg": "SELECT r.game_id FROM play_leg l JOIN play_round r ON r.id = l.round_id WHERE l.id = %s",
}


def target_of(row: str) -> tuple[str, int] | None:
    """("player", id) or ("game", id) of a row such as "account 12"; None for what concerns nobody in particular."""
    for noun, text in _WORDS.findall(row):
        key = _key(text)
        query = {**_PLAYERS, **_GAMES}[noun]
        if key is None or (isinstance(key, UUID) != (noun in {"transaction", "leg"})):
            continue
        with connection.cursor() as cursor:
            cursor.execute(query, [key])
            found = cursor.fetchone()
        if found and found[0] is not None:
            return ("player" if noun in _PLAYERS else "game"), int(found[0])
    return None


def _key(text: str) -> int | UUID | None:
    if text.isdecimal():
        return int(text)
    try:
        return UUID(text)
    except ValueError:
        return None
