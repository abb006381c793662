"""The normalized commands of game providers, whichever dialect they spoke."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from casino.play.enums import WinKind


def _fingerprint(*parts: str) -> bytes:
    """BLAKE2b-64 over length-prefixed parts, so that no two contents run together."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _plain(amount: Decimal) -> str:
    """An amount by its value: `10`, `10.0` and `10.00` are the same content."""
    return format(amount.normalize(), "f")


@dataclass(frozen=True, slots=True, kw_only=True)
class BetCall:
    """Debit a stake of `amount` in `currency`; `contribution` is the share of it for the game's jackpot pool."""

    call: ClassVar[str] = "bet"
    transaction_id: str
    session_id: str
    player_id: str
    game_code: str
    round_id: str
    amount: Decimal
    currency: str
    contribution: Decimal = Decimal(0)
    free_round_id: str = ""
    round_closed: bool = False
    occurred_at: datetime | None = None

    @property
    def fingerprint(self) -> bytes:
        return _fingerprint("bet", self.player_id, self.round_id, self.game_code, _plain(self.amount), self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class WinCall:
    """Credit a payout of `amount` in `currency`; zero records a loss."""

    call: ClassVar[str] = "win"
    transaction_id: str
    player_id: str
    game_code: str
    round_id: str
    amount: Decimal
    currency: str
    session_id: str = ""
    bet_transaction_id: str = ""
    kind: WinKind = WinKind.GAME
    round_closed: bool = False
    occurred_at: datetime | None = None

    @property
    def fingerprint(self) -> bytes:
        return _fingerprint("win", self.player_id, self.round_id, self.game_code, _plain(self.amount), self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackCall:
    """Reverse one bet or win, named by the provider's own id."""

    call: ClassVar[str] = "rollback"
    transaction_id: str
    original_transaction_id: str
    player_id: str
    round_id: str = ""
    game_code: str = ""
    reason: str = ""

    @property
    def fingerprint(self) -> bytes:
        return _fingerprint("rollback", self.player_id, self.round_id, self.game_code, self.original_transaction_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class JackpotCall:
    """Credit a jackpot win of `amount` in `currency`, paid from the jackpot's pool."""

    call: ClassVar[str] = "jackpot"
    transaction_id: str
    player_id: str
    game_code: str
    round_id: str
    jackpot_code: str
    amount: Decimal
    currency: str
    round_closed: bool = False

    @property
    def fingerprint(self) -> bytes:
        return _fingerprint(
            "jackpot",
            self.player_id,
            self.round_id,
            self.game_code,
            _plain(self.amount),
            self.currency,
            self.jackpot_code,
        )


MoneyCall = BetCall | WinCall | RollbackCall | JackpotCall


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The provider behind a call, after its signature held."""

    provider_id: int
    code: str
    is_sandbox: bool = False

    def knows(self, *, is_test: bool) -> bool:
        """The sandbox provider, whose secret is published, knows test players only."""
        return is_test or not self.is_sandbox

    @property
    def actor(self) -> str:
        return f"provider:{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What the player has, in the wallet's currency."""

    currency: str
    real: Decimal
    bonus: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to the provider: a dialect's status and bytes, exactly as sent."""

    status: int
    body: bytes
    outcome: str
    replayed: bool = False
    retry_after: int = 0
    retry_class: str = ""
