"""What was decided about a call: everything that `play_book` (SQL) writes in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from casino.play.enums import LegKind
from casino.play.situation import Situation
from casino.play.types import Answer, Balance, Caller, MoneyCall
from common.database.pipeline import Statement
from common.money import ZERO
from wallet.enums import TransactionKind
from wallet.postings import EntryLine, balance_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A call to be booked. `lines` empty: no money moves. Deltas are added to the round."""

    kind: TransactionKind
    leg_kind: LegKind
    lines: list[EntryLine]
    fx_rate_id: int | None
    round_id: int | None = None
    round_reference: str | None = None
    game_id: int | None = None
    session_id: int | None = None
    closes: bool = False
    staked: Decimal = ZERO
    won: Decimal = ZERO
    live_bets: int = 0
    live_wins: int = 0
    dead_bets: int = 0
    win_kind: str = ""
    free_round: str = ""
    real: Decimal = ZERO
    bonus: Decimal = ZERO
    contribution: Decimal = ZERO
    related_id: UUID | None = None
    reverses: bool = False
    touch_session: bool = False
    tombstone: str | None = None
    counted: str | None = None
    said: dict[str, str] = field(default_factory=dict)

    def balance_after(self, situation: Situation) -> Balance:
        """The player's balance once this is booked."""
        return Balance(
            currency=situation.player_currency,
            real=balance_of(situation.real, self.lines),
            bonus=balance_of(situation.bonus, self.lines),
        )


BOOK: Final = Statement("play_book", "SELECT play_book(" + ", ".join(f"${n}" for n in range(1, 46)) + ")")
# What the player's limits count, in the same commit (compliance/limits/decisions.py).
COUNT: Final = Statement("limits_count", "SELECT limits_count($1, $2)")
REFUSE: Final = Statement(
    "play_refuse",
    "INSERT INTO wallet_recordedanswer (provider_id, provider_transaction_id, call, outcome, fingerprint, player_id,"
    " amount, currency, round_reference, transaction_id, status, body, recorded_at)"
    " VALUES ($1, $2, $3, 'refused', $4, $5, $6, $7, $8, NULL, $9, $10, $11)",
)


def book_parameters(
    *,
    leg_id: UUID,
    call: MoneyCall,
    caller: Caller,
    situation: Situation,
    booking: Booking,
    answer: Answer,
    tombstone: Answer | None,
    now: datetime,
) -> list[Any]:
    """The parameters of `play_book`, in its order."""
    lines = booking.lines
    before = situation.balance
    after = booking.balance_after(situation)
    return [
        leg_id,
        booking.kind.value,
        situation.player_id,
        caller.provider_id,
        caller.actor,
        booking.related_id if booking.reverses and lines else None,
        booking.fx_rate_id,
        getattr(call, "occurred_at", None),
        now,
        *_columns(lines),
        booking.round_id,
        booking.round_reference,
        booking.game_id,
        booking.session_id,
        situation.player_currency,
        booking.closes,
        booking.staked,
        booking.won,
        booking.live_bets,
        booking.live_wins,
        booking.dead_bets,
        before.real + before.bonus,
        after.real + after.bonus,
        booking.leg_kind.value,
        call.transaction_id,
        booking.win_kind,
        booking.free_round,
        booking.real,
        booking.bonus,
        booking.contribution,
        booking.related_id,
        booking.reverses,
        booking.touch_session,
        call.fingerprint,
        answer.status,
        answer.body,
        getattr(call, "amount", booking.real + booking.bonus),
        booking.tombstone,
        tombstone.status if tombstone else None,
        tombstone.body if tombstone else None,
    ]


def _columns(lines: list[EntryLine]) -> list[Any]:
    """The entries as six arrays, or six nulls when no money moves."""
    if not lines:
        return [None] * 6
    return [
        [line.account_id for line in lines],
        [line.currency for line in lines],
        [line.amount for line in lines],
        [line.base_amount for line in lines],
        [line.balance_after for line in lines],
        [line.version for line in lines],
    ]
