"""The catalogue's games: added by a provider's list, edited and switched off by staff."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

import structlog
from django.db import transaction

from casino.games.enums import GameCategory
from casino.games.errors import StakeLimitsCrossed
from casino.games.models import Game

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class GameTerms:
    """Everything staff may change. `theoretical_rtp` is a percentage; stakes are in the base currency."""

    name: str
    category: GameCategory
    theoretical_rtp: Decimal
    min_stake: Decimal | None
    max_stake: Decimal | None
    enabled: bool
    real_enabled: bool
    demo_enabled: bool
    blocked_countries: list[str]
    blocked_brands: list[int]


def game_add(*, provider_id: int, code: str, terms: GameTerms, actor: str) -> Game:
    """A new game of a provider. Raises StakeLimitsCrossed."""
    game = Game.objects.create(provider_id=provider_id, code=code, **_checked(terms))
    log.info("games:game:added", game=code, provider_id=provider_id, actor=actor)
    return game


@transaction.atomic
def game_edit(*, game_id: int, terms: GameTerms, actor: str) -> Game:
    """Put new terms in force for the next bet; rounds that run are settled. Raises StakeLimitsCrossed."""
    game = Game.objects.select_for_update().get(pk=game_id)
    changed = {name: value for name, value in _checked(terms).items() if getattr(game, name) != value}
    for name, value in changed.items():
        setattr(game, name, value)
    if changed:
        game.save(update_fields=list(changed))
        log.info("games:game:edited", game=game.code, changed=sorted(changed), actor=actor)
    return game


def _checked(terms: GameTerms) -> dict[str, object]:
    if terms.min_stake is not None and terms.max_stake is not None and terms.min_stake > terms.max_stake:
        raise StakeLimitsCrossed
    return asdict(terms)
