"""What a player has."""

from __future__ import annotations

from casino.play import errors
from casino.play.models import GameSession
from casino.play.types import Balance, Caller
from common.money import ZERO
from players.models import Player
from wallet.enums import AccountKind
from wallet.selectors.player_balances import player_balances


def balance_of_player(*, player_id: int, currency: str) -> Balance:
    """Real and bonus money in the wallet's currency."""
    held = player_balances(player_id=player_id, currency=currency)
    return Balance(
        currency=currency,
        real=held.get(AccountKind.PLAYER_REAL, ZERO),
        bonus=held.get(AccountKind.PLAYER_BONUS, ZERO),
    )


def balance_read(*, player: str, session: str, currency: str, caller: Caller) -> Balance:
    """The balance that a provider asks for.

    Raises PlayerNotFound, SessionNotFound, PlayerMismatch, CurrencyMismatch.
    """
    person = Player.objects.filter(public_id=player).only("id", "currency", "is_test").first()
    if person is None or not caller.knows(is_test=person.is_test):
        raise errors.PlayerNotFound
    if session:
        owner = (
            GameSession.objects.filter(
                public_id=session, provider_id=caller.provider_id, authenticated_at__isnull=False
            )
            .values_list("player_id", flat=True)
            .first()
        )
        if owner is None:
            raise errors.SessionNotFound
        if owner != person.pk:
            raise errors.PlayerMismatch
    if currency and currency != person.currency:
        raise errors.CurrencyMismatch(wallet_currency=person.currency)
    return balance_of_player(player_id=person.pk, currency=person.currency)
