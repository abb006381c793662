"""Locks of withdrawals: the player's wallet first, as everybody does, then the withdrawal (wallet/locks.py)."""

from __future__ import annotations

from casino.withdrawals.errors import WithdrawalNotFound
from casino.withdrawals.models import Withdrawal
from compliance.limits.locks import limits_lock
from players.models import Player


def withdrawal_lock(withdrawal_id: int) -> Withdrawal:
    """The withdrawal as it stands, once everybody who moves it or its player's money has finished. In a transaction.

    Raises WithdrawalNotFound.
    """
    found = Withdrawal.objects.filter(pk=withdrawal_id).values_list("player_id", flat=True).first()
    if found is None:
        raise WithdrawalNotFound
    limits_lock(Player.objects.get(pk=found))
    rows = Withdrawal.objects.select_related("player__brand", "rule").select_for_update(of=("self",))
    return rows.get(pk=withdrawal_id)
