"""A player's wallet: the real-money account in his own currency, which every call locks."""

from __future__ import annotations

from players.models import Player
from wallet.enums import AccountKind
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import player_account_open


def wallet_missing(*, public_id: str) -> bool:
    """Whether such a player exists and has no wallet yet."""
    player = Player.objects.filter(public_id=public_id).only("id", "currency").first()
    if player is None:
        return False
    return AccountKind.PLAYER_REAL not in player_balances(player_id=player.pk, currency=player.currency)


def wallet_open(*, public_id: str) -> None:
    """Open the wallet of an existing player; harmless when it is open."""
    player = Player.objects.only("id", "currency").get(public_id=public_id)
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=player.currency)
