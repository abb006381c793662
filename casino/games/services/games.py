"""The catalogue's games: added by a provider's list, edited and switched off by staff."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

import structlog
from django.db import transaction

from casino.games.enums import GameCategory
from casino.games.errors import StakeLimitsCrossed
from casino.games.models import Game
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class GameTerms:
    """Everything staff may change. `theoretical_rtp` is a percentage; stakes are in the base currency.

    `volatility` is the standard deviation of one round's return per unit staked; None: not known.
    """

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
    version: str = ""
    volatility: Decimal | None = None


@transaction.atomic
def game_add(*, provider_id: int, code: str, terms: GameTerms, actor: str, now: datetime) -> Game:
    """A new game of a provider. Raises StakeLimitsCrossed."""
    game = Game.objects.create(provider_id=provider_id, code=code, **_checked(terms))
    audit_record(
        name=EventName.GAME_ADDED, actor=actor, now=now, subject=f"games.game:{game.pk}", after=_told(game, terms)
    )
    log.info("games:game:added", game=code, provider_id=provider_id, actor=actor)
    return game


@transaction.atomic
def game_edit(*, game_id: int, terms: GameTerms, actor: str, now: datetime) -> Game:
    """Put new terms in force for the next bet; rounds that run are settled. Raises StakeLimitsCrossed."""
    game = Game.objects.select_for_update().get(pk=game_id)
    changed = {name: value for name, value in _checked(terms).items() if getattr(game, name) != value}
    before = {name: getattr(game, name) for name in changed}
    for name, value in changed.items():
        setattr(game, name, value)
    if changed:
        game.save(update_fields=list(changed))
        audit_record(
            name=EventName.GAME_EDITED, actor=actor, now=now, subject=f"games.game:{game.pk}", before=before,
            after=changed,
        )  # fmt: skip
        log.info("games:game:edited", game=game.code, changed=sorted(changed), actor=actor)
    return game


def _checked(terms: GameTerms) -> dict[str, object]:
    if terms.min_stake is not None and terms.max_stake is not None and terms.min_stake > terms.max_stake:
        raise StakeLimitsCrossed
    return asdict(terms)


def _told(game: Game, terms: GameTerms) -> dict[str, object]:
    return {"code": game.code} | {name: getattr(game, name) for name in asdict(terms)}
