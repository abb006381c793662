"""How an answer is worded: one implementation for each provider protocol."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from casino.play.types import Answer, Balance, MoneyCall
from common.errors import Refusal


class Dialect(Protocol):
    """Turns outcomes into a protocol's status and bytes, before they are recorded with their effect."""

    def booked(
        self,
        *,
        call: MoneyCall,
        leg_id: UUID,
        round_id: str | None,
        balance: Balance,
        said: dict[str, str],
        now: datetime,
    ) -> Answer:
        """The answer to a booked call."""
        ...

    def refused(self, *, refusal: Refusal, balance: Balance | None) -> Answer:
        """The answer to a refusal; `balance` where the player is known."""
        ...
