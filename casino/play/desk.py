"""What lies on the desk when a call is decided: who calls, how things stand, the house accounts and the rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from casino.play.postings import House
from casino.play.situation import Situation
from compliance.gate.terms import FREE, Terms
from compliance.limits.types import PlayLimits
from wallet.postings import BookedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A jackpot's pool under its lock, in its own currency."""

    balance: Decimal
    seed: Decimal
    units_per_base: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Read-only facts for one decision. `units_per_base` is the rate that applies to the call (docs/ledger.md)."""

    situation: Situation
    house: House
    units_per_base: Decimal
    fx_rate_id: int | None
    now: datetime
    session_idle: timedelta
    session_touch: timedelta
    sandbox: bool = False
    pool: Pool | None = None
    originals: tuple[BookedEntry, ...] = ()
    terms: Terms = FREE
    limits: PlayLimits | None = None

    def rates(self) -> dict[str, Decimal]:
        """Units per base of the player's currency, and of the pool's where there is one."""
        rates = {self.situation.player_currency: self.units_per_base}
        if self.pool is not None:
            rates.setdefault(self.pool.currency, self.pool.units_per_base)
        return rates
