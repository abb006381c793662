"""A deposit begins: let in, sent to a gateway, cascaded on decline. The gateway is called outside any transaction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from casino.cashier.models import Deposit


def deposit_begin(
    *, player_id: int, method: str, amount: Decimal, currency: str, client_key: str, instrument_id: int | None,
    return_url: str, actor: str, now: datetime,
) -> Deposit:  # fmt: skip
    """Let a deposit in and ask the first gateway of its route for it; pressed twice with one `client_key` it is one.

    `amount` is what the player pays, in `currency`, his own where it is empty.
    """
    raise NotImplementedError
