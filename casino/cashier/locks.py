"""Locks of the cashier: the player's wallet first, as everybody does, then the deposit (wallet/locks.py)."""

from __future__ import annotations

from casino.cashier.models import Deposit, Refund
from compliance.limits.locks import limits_lock
from players.models import Player


def deposit_lock(deposit_id: int) -> Deposit:
    """The deposit as it stands, once everybody who moves it or its player's money has finished. In a transaction."""
    player_id = Deposit.objects.values_list("player_id", flat=True).get(pk=deposit_id)
    limits_lock(Player.objects.get(pk=player_id))
    return Deposit.objects.select_related("player").select_for_update(of=("self",)).get(pk=deposit_id)


def refund_lock(refund_id: int) -> Refund:
    """The refund, behind the lock of its deposit."""
    deposit_lock(Refund.objects.values_list("deposit_id", flat=True).get(pk=refund_id))
    return Refund.objects.select_related("deposit__player").select_for_update(of=("self",)).get(pk=refund_id)
