"""What about a player decides on methods and routes."""

from __future__ import annotations

from typing import Final

from casino.routing.types import Circumstances
from compliance.limits.enums import DepositState
from compliance.limits.models import DepositReservation
from players.models import Player
from players.notes.selectors.notes import tags_of_player

NEW: Final = "new"
RETURNING: Final = "returning"


def circumstances_of(player: Player, currency: str) -> Circumstances:
    """The player's brand, country, tags, and whether a deposit was ever credited (`returning`) or not (`new`)."""
    tags = sorted(tag.name for tag in tags_of_player(player_id=player.pk))
    return Circumstances(
        brand_id=player.brand_id, country=player.country, currency=currency,
        segments=(*tags, RETURNING if has_deposited(player.pk) else NEW),
    )  # fmt: skip


def has_deposited(player_id: int) -> bool:
    """Whether a deposit of the player was ever credited."""
    return DepositReservation.objects.filter(player_id=player_id, state=DepositState.SETTLED).exists()
