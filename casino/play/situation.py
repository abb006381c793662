"""Everything that a decision about a call needs, loaded under the wallet's lock by `play_situation` (SQL)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple, get_args, get_type_hints
from uuid import UUID

from casino.play.types import Balance
from common.database.pipeline import Statement
from common.money import ZERO
from wallet.postings import AccountState


class Situation(NamedTuple):
    """One row of the SQL type of the same name, in its order; None where nothing was asked for or found."""

    answer_outcome: str | None
    answer_fingerprint: bytes | None
    answer_status: int
    answer_body: bytes
    player_id: int | None
    player_currency: str
    player_is_test: bool
    terms: str | None
    limits: str | None
    real_id: int
    real_balance: Decimal
    real_version: int
    bonus_id: int | None
    bonus_balance: Decimal
    bonus_version: int
    receivable_id: int | None
    receivable_balance: Decimal
    receivable_version: int
    session_id: int | None
    session_player_id: int
    session_authenticated_at: datetime | None
    session_last_seen_at: datetime
    session_ended_at: datetime | None
    session_mode: str
    game_id: int | None
    game_enabled: bool
    game_real_enabled: bool
    game_blocked_country: str | None
    game_blocked_brand: int | None
    game_category: str | None
    game_min_stake: Decimal | None
    game_max_stake: Decimal | None
    stopped: str | None
    provider_min_stake: Decimal | None
    provider_max_stake: Decimal | None
    round_id: int | None
    round_state: str
    round_fx_rate_id: int | None
    round_live_bets: int
    round_live_wins: int
    round_dead_bets: int
    other_outcome: str | None
    other_call: str
    other_player_id: int | None
    other_leg_id: UUID | None
    other_round_id: int | None
    other_round_reference: str
    other_real: Decimal
    other_bonus: Decimal
    other_contribution: Decimal
    other_fx_rate_id: int | None
    other_reversed_by: UUID | None
    other_game_id: int | None
    other_live_wins: int | None
    other_win_kind: str
    other_round_state: str | None
    other_booked_at: datetime | None
    bet_leg_id: UUID | None
    bet_real: Decimal
    bet_bonus: Decimal
    bet_fx_rate_id: int | None

    @property
    def real(self) -> AccountState:
        """The player's real money, as locked."""
        return AccountState(self.real_id, self.player_currency, self.real_balance, self.real_version)

    @property
    def bonus(self) -> AccountState | None:
        """The player's bonus money, where there is such an account."""
        if self.bonus_id is None:
            return None
        return AccountState(self.bonus_id, self.player_currency, self.bonus_balance, self.bonus_version)

    @property
    def receivable(self) -> AccountState | None:
        """What the player owes, where there is such an account."""
        if self.receivable_id is None:
            return None
        return AccountState(self.receivable_id, self.player_currency, self.receivable_balance, self.receivable_version)

    @property
    def balance(self) -> Balance:
        """What the player has now."""
        bonus = self.bonus
        return Balance(currency=self.player_currency, real=self.real_balance, bonus=bonus.available if bonus else ZERO)


# The whole row as one text: naming some sixty columns would cost more than filling them (docs/benchmarks.md).
LOAD: Final = Statement("play_situation", "SELECT play_situation($1, $2, $3, $4, $5, $6, $7, $8)::text")

_Reader = Callable[[bytes], Any]
_READERS: Final[dict[type, _Reader]] = {
    str: bytes.decode,
    int: int,
    bool: b"t".__eq__,
    Decimal: lambda text: Decimal(text.decode()),
    UUID: lambda text: UUID(text.decode()),
    datetime: lambda text: datetime.fromisoformat(text.decode()),
    bytes: lambda text: bytes.fromhex(text[2:].decode()),
}
# What has a space in it stands in quotes: every moment, and some words.
_QUOTED: Final[dict[type, _Reader]] = {
    str: lambda text: text.strip(b'"').decode(),
    datetime: lambda text: datetime.fromisoformat(text[1:-1].decode()),
}
_TYPES: Final = [(get_args(hint) or (hint,))[0] for hint in get_type_hints(Situation).values()]
_COLUMNS: Final = [_READERS[column] for column in _TYPES]
_QUICK: Final = [_QUOTED.get(column, _READERS[column]) for column in _TYPES]
# A field of a row's text: in quotes, where quotes and backslashes stand twice; or as it is; nothing at all is null.
_FIELD: Final = re.compile(rb',(?:"((?:[^"\\]|\\.|"")*)"|([^,]*))', re.DOTALL)
_TWICE: Final = re.compile(rb'(["\\])(.)', re.DOTALL)


def situation_read(row: bytes) -> Situation:
    """The situation out of the row's text that `LOAD` returns."""
    inside = row[1:-1]
    texts = inside.split(b",")
    # Nearly always there are no commas, quotes or backslashes in the fields.
    if len(texts) == len(_QUICK) and b'""' not in inside and b"\\" not in inside:
        return Situation._make([read(text) if text else None for read, text in zip(_QUICK, texts, strict=True)])
    fields = [_field(found) for found in _FIELD.finditer(b"," + inside)]
    return Situation._make([None if text is None else read(text) for read, text in zip(_COLUMNS, fields, strict=True)])


def _field(found: re.Match[bytes]) -> bytes | None:
    quoted, plain = found.groups()
    return (plain or None) if quoted is None else _TWICE.sub(rb"\2", quoted)
