"""What is set aside of a player's money."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet

from common.money import ZERO
from wallet.enums import AccountKind, HoldState
from wallet.models import Hold
from wallet.selectors.player_balances import player_balances


def holds_open(*, player_id: int) -> QuerySet[Hold]:
    """The player's holds that wait to be released or paid, oldest first."""
    return Hold.objects.filter(account__player_id=player_id, state=HoldState.OPEN).order_by("pk")


def held_amount(*, player_id: int, currency: str) -> Decimal:
    """The balance of the player's hold account in `currency`; zero when nothing was ever held."""
    return player_balances(player_id=player_id, currency=currency).get(AccountKind.PLAYER_HOLD, ZERO)
