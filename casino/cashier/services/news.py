"""What gateways say about deposits, refunds and chargebacks: counted once, in whatever order it comes."""

from __future__ import annotations

from datetime import datetime

from casino.gateways.types import News


def deposit_news(gateway: str, news: News, message_id: int, now: datetime) -> str:
    """The handler that the cashier registers (casino.gateways.registry): one line of what was done, "" if not ours."""
    raise NotImplementedError
