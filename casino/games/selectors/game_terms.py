"""The terms of a game as they stood at a moment, out of its row history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps

from casino.games.models import Game, Provider


@dataclass(frozen=True, slots=True)
class GameTermsThen:
    """RTP in percent; stakes in the base currency, None: open. `provider_…` are those of its provider.

    `known` says whether the history reaches back to the moment: otherwise these are the present terms.
    """

    theoretical_rtp: Decimal
    min_stake: Decimal | None
    max_stake: Decimal | None
    provider_min_stake: Decimal | None
    provider_max_stake: Decimal | None
    known: bool


def game_terms_at(*, game: Game, provider: Provider, moment: datetime) -> GameTermsThen:
    """The terms in force at `moment`."""
    then, game_known = _row_at("GameHistory", game, moment)
    house, provider_known = _row_at("ProviderHistory", provider, moment)
    return GameTermsThen(
        theoretical_rtp=then.theoretical_rtp,
        min_stake=then.min_stake,
        max_stake=then.max_stake,
        provider_min_stake=house.min_stake,
        provider_max_stake=house.max_stake,
        known=game_known and provider_known,
    )


def _row_at(history: str, row: Game | Provider, moment: datetime) -> tuple[Any, bool]:
    """The last version not younger than the moment; the row itself, known, when nothing changed since."""
    versions = apps.get_model("games", history)._default_manager.filter(id=row.pk)
    then = versions.filter(pgh_created_at__lte=moment).order_by("-pgh_id").first()
    if then is not None:
        return then, True
    return row, not versions.filter(pgh_label="update").exists()
