"""Deposits whose time is over: the gateway is asked once more, then they expire. Late money is credited even so."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from casino.cashier.errors import DepositNotOpen
from casino.cashier.models import Deposit
from casino.cashier.selectors.orders import MAY_PAY
from casino.cashier.services.asking import deposit_ask
from casino.cashier.services.endings import deposit_expire
from casino.cashier.states import OPEN

# A gateway that stays silent for so long after the deposit's time is not waited for any more.
SILENCE: Final = timedelta(days=3)
ACTOR: Final = "system:cashier"


def deposits_expire(*, now: datetime, most: int = 200) -> int:
    """Expire what is due. Outside of transactions; returns how many expired."""
    due = Deposit.objects.filter(state__in=OPEN, expires_at__lte=now).order_by("expires_at")
    return sum(_expired(pk, now) for pk in list(due.values_list("pk", flat=True)[:most]))


def _expired(deposit_id: int, now: datetime) -> bool:
    deposit = Deposit.objects.get(pk=deposit_id)
    asks = deposit.tries.filter(standing__in=MAY_PAY).exists()
    if asks and deposit_ask(deposit_id=deposit_id, now=now) is None and now < deposit.expires_at + SILENCE:
        return False
    with suppress(DepositNotOpen):
        deposit_expire(deposit_id=deposit_id, reason="Nothing came in time", actor=ACTOR, now=now)
        return True
    return False
