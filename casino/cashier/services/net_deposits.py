"""Net deposits: what goes back to a player by refund or chargeback lowers them, as a withdrawal does (docs/limits.md).

Deposit limits and the sums of verification stay as they are: money that was there was there.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from casino.cashier.models import Deposit
from compliance.limits.services.counters import counters_move


def net_deposits_move(deposit: Deposit, *, back: Decimal, now: datetime) -> None:
    """`back` in the wallet's currency went back to the player, or with a minus came in again. Under the lock."""
    if deposit.credit_currency == deposit.player.currency:
        counters_move(player=deposit.player, now=now, withdrawn=back)
