"""The games that a player is offered: by brand, country, currency and device."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from casino.games.models import Game
from casino.lobby.errors import GameNotOffered
from players.models import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the player looks for; empty: everything. `title` is part of the game's name."""

    device: str = ""
    category: str = ""
    provider: str = ""
    title: str = ""


ANYTHING = Wish()


def games_offered(*, player: Player, wish: Wish = ANYTHING) -> QuerySet[Game]:
    """Switched on, at the player's brand, in his country and currency, on the device, for money or for fun."""
    rows = Game.objects.filter(enabled=True, provider__enabled=True).filter(Q(real_enabled=True) | Q(demo_enabled=True))
    rows = rows.exclude(blocked_countries__contains=[player.country])
    rows = rows.exclude(blocked_brands__contains=[player.brand_id])
    rows = rows.exclude(~Q(availability__currencies=[]) & ~Q(availability__currencies__contains=[player.currency])
                        & Q(availability__isnull=False))  # fmt: skip
    if wish.device:
        rows = rows.exclude(~Q(availability__devices=[]) & ~Q(availability__devices__contains=[wish.device])
                            & Q(availability__isnull=False))  # fmt: skip
    if wish.category:
        rows = rows.filter(category=wish.category)
    if wish.provider:
        rows = rows.filter(provider__code=wish.provider)
    if wish.title:
        rows = rows.filter(name__icontains=wish.title)
    return rows.select_related("provider")


def game_offered(*, player: Player, provider: str, code: str, device: str) -> Game:
    """One game of the lobby by its provider's code and its own. Raises GameNotOffered."""
    game = games_offered(player=player, wish=Wish(device=device)).filter(provider__code=provider, code=code).first()
    if game is None:
        raise GameNotOffered
    return game
