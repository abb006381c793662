"""The play block of a player's first screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from casino.play.selectors.player_play import OpenPlay, favourites_of_player, newest_rounds_of_player
from players.models import Player
from reporting.overview.selectors.player_totals import Sum, Totals
from reporting.overview.types import PeriodOfPlay, PlayBlock

ROUNDS: Final = 20
FAVOURITE_DAYS: Final = 30
STAKES: Final = ("bet", "undone:bet")
WINS: Final = ("win", "jackpot_win", "undone:win", "undone:jackpot_win")


def play_block(
    *, player: Player, totals: Totals, open_play: OpenPlay, at: datetime, as_of: datetime | None
) -> PlayBlock:
    """Periods end at `at`; favourites are of the last 30 days before it. Days are UTC days, today's included."""
    today = at.date()
    return PlayBlock(
        periods=(
            _period("Today", totals, today, 1),
            _period("7 days", totals, today, 7),
            _period("30 days", totals, today, 30),
        ),
        baseline=_period("Before, up to 90 days", totals, today - timedelta(days=7), 83),
        favourites=favourites_of_player(player_id=player.pk, since=at - timedelta(days=FAVOURITE_DAYS), until=at),
        open=open_play,
        rounds=newest_rounds_of_player(player_id=player.pk, until=as_of, limit=ROUNDS),
        complete=totals.complete,
    )


def _period(title: str, totals: Totals, last: date, days: int) -> PeriodOfPlay:
    """`days` UTC days that end with `last`."""
    kinds = [totals.days[day] for day in totals.days if last - timedelta(days=days) < day <= last]
    stakes = _added(found.get(kind, Sum()) for found in kinds for kind in STAKES)
    wins = _added(found.get(kind, Sum()) for found in kinds for kind in WINS)
    bets = _added(found.get("bet", Sum()) for found in kinds).count
    undone = _added(found.get("undone:bet", Sum()) for found in kinds).count
    # Over all of the player's accounts: what came back of a stay less what was set aside for it.
    stays = _added(found.get("transfer_in", Sum()) for found in kinds)
    return PeriodOfPlay(
        title=title, bets=bets - undone, staked=-stakes.amount, won=wins.amount, stays=stays.amount
    )  # fmt: skip


def _added(sums: Iterable[Sum]) -> Sum:
    total = Sum()
    for one in sums:
        total += one
    return total
