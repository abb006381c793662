"""What every decision asks of the wallet itself."""

from __future__ import annotations

from casino.play import errors
from casino.play.situation import Situation


def currency_check(s: Situation, currency: str) -> None:
    """The call's currency is the wallet's."""
    if currency != s.player_currency:
        raise errors.CurrencyMismatch(wallet_currency=s.player_currency)
