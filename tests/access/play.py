"""Facts of play by hand, for the API and the dashboards: 31 rounds whose sums anybody can add up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from casino.games.models import Game
from reporting.facts.models import GamePlay, Play
from tests.factories import brand_make, game_make, provider_make

DAY = date(2026, 3, 2)


def games_make(count: int = 3) -> list[Game]:
    """Games of one provider: slot-0, slot-1 …"""
    provider = provider_make("aces")
    return [game_make(provider, f"slot-{number}") for number in range(count)]


def played(
    game: Game, day: date = DAY, *, stake: str = "100", win: str = "90", bonus: str = "0", currency: str = "EUR",
    jurisdiction: str = "MT", contribution: str = "0", jackpot: str = "0", rounds: int = 10, player: int = 1,
    settled: bool = True, brand_id: int = 0,
) -> None:  # fmt: skip
    """Play of one player in one game on one day, as facts hold it: with and without the player."""
    row = {
        "posted_day": day, "settled_day": day if settled else None, "brand_id": brand_id or brand_make().pk,
        "jurisdiction": jurisdiction, "currency": currency, "is_test": False, "provider_id": game.provider_id,
        "game_id": game.pk, "bets": rounds, "rounds": rounds if settled else 0, "stake_real": Decimal(stake),
        "stake_bonus": Decimal(bonus), "win_real": Decimal(win), "contribution": Decimal(contribution),
        "jackpot_win": Decimal(jackpot),
    }  # fmt: skip
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    GamePlay.objects.create(**row)
    Play.objects.create(**row, player_id=player, first_at=at, last_at=at)
