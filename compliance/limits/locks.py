"""The lock of everything that is decided about a player's limits: the wallet's, because bets and deposits take it."""

from __future__ import annotations

from players.models import Player
from wallet.enums import AccountKind
from wallet.locks import wallet_lock
from wallet.services.accounts import player_account_open


def limits_lock(player: Player) -> None:
    """Wait for every bet and deposit under way, and have the next ones wait. Needs a transaction."""
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=player.currency)
    wallet_lock(player_id=player.pk, currency=player.currency)
