"""One player's play for the first screen: newest rounds with their legs' money, favourites, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection
from django.db.models import Count, Sum

from casino.play.enums import LegKind, RoundState
from casino.play.models import Leg, Round

NEWEST: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedRound:
    """A round with what each sort of money did in it: bets not rolled back, wins not rolled back."""

    id: int
    reference: str
    game: str
    provider: str
    currency: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    staked: Decimal
    won: Decimal
    stake_real: Decimal
    stake_bonus: Decimal
    win_real: Decimal
    win_bonus: Decimal


@dataclass(frozen=True, slots=True)
class Favourite:
    """A game by what was staked in it."""

    game: str
    rounds: int
    staked: Decimal
    won: Decimal


@dataclass(frozen=True, slots=True)
class Favourites:
    """The games and the biggest win among the newest rounds since an instant; `all_read` when none was left out."""

    games: tuple[Favourite, ...]
    biggest_win: Decimal
    biggest_round: int | None
    rounds: int
    all_read: bool


@dataclass(frozen=True, slots=True)
class OpenPlay:
    """Rounds that are not settled, and what is staked in them."""

    rounds: int
    staked: Decimal


_FAVOURITES: Final = """
    WITH newest AS MATERIALIZED (
        SELECT id, game_id, staked, won, opened_at FROM play_round
        WHERE player_id = %(player)s ORDER BY id DESC LIMIT %(newest)s
    ),
    wanted AS (SELECT * FROM newest WHERE opened_at >= %(since)s AND opened_at <= %(until)s)
    SELECT g.name, w.rounds, w.staked, w.won, w.biggest, w.at_round, (SELECT count(*) FROM newest)
    FROM (
        SELECT game_id, count(*) AS rounds, sum(staked) AS staked, sum(won) AS won, max(won) AS biggest,
               (array_agg(id ORDER BY won DESC, id DESC))[1] AS at_round
        FROM wanted GROUP BY game_id
    ) w JOIN games_game g ON g.id = w.game_id ORDER BY w.staked DESC, g.name
"""


def favourites_of_player(*, player_id: int, since: datetime, until: datetime, most: int = 5) -> Favourites:
    """Games by stake and the biggest win of rounds opened in [since, until], among the newest 5,000 rounds."""
    with connection.cursor() as cursor:
        cursor.execute(_FAVOURITES, {"player": player_id, "since": since, "until": until, "newest": NEWEST})
        rows = cursor.fetchall()
    best = max(rows, key=lambda row: row[4], default=None)
    won = best is not None and best[4] > 0
    return Favourites(
        games=tuple(Favourite(*row[:4]) for row in rows[:most]),
        biggest_win=best[4] if best is not None and won else Decimal(0),
        biggest_round=best[5] if best is not None and won else None,
        rounds=sum(row[1] for row in rows),
        all_read=not rows or rows[0][6] < NEWEST,
    )


def open_play_of_player(*, player_id: int) -> OpenPlay:
    """What the player has in rounds that are not settled; read from the index of open rounds or the player's own."""
    found = Round.objects.filter(player_id=player_id, state=RoundState.OPEN).aggregate(
        rounds=Count("pk"), staked=Sum("staked")
    )
    return OpenPlay(found["rounds"], found["staked"] or Decimal(0))


def newest_rounds_of_player(*, player_id: int, until: datetime | None = None, limit: int) -> tuple[PlayedRound, ...]:
    """The newest rounds, opened at or before `until` when it is given, with the real and bonus money of their legs."""
    rows = Round.objects.filter(player_id=player_id)
    if until is not None:
        rows = rows.filter(opened_at__lte=until)
    found = list(rows.select_related("game", "provider").order_by("-pk")[:limit])
    sums = _sums([item.pk for item in found])
    nothing = (Decimal(0), Decimal(0))
    return tuple(
        PlayedRound(
            id=item.pk, reference=item.reference, game=item.game.name, provider=item.provider.name,
            currency=item.currency, state=item.state, opened_at=item.opened_at, closed_at=item.closed_at,
            staked=item.staked, won=item.won,
            stake_real=sums.get((item.pk, True), nothing)[0], stake_bonus=sums.get((item.pk, True), nothing)[1],
            win_real=sums.get((item.pk, False), nothing)[0], win_bonus=sums.get((item.pk, False), nothing)[1],
        )
        for item in found
    )  # fmt: skip


def _sums(round_ids: list[int]) -> dict[tuple[int, bool], tuple[Decimal, Decimal]]:
    """Real and bonus of the legs that stand, by round and whether they are bets."""
    sums: dict[tuple[int, bool], tuple[Decimal, Decimal]] = {}
    legs = Leg.objects.filter(round_id__in=round_ids, reversed_by__isnull=True).exclude(kind=LegKind.ROLLBACK)
    for round_id, kind, real, bonus in legs.values_list("round_id", "kind").annotate(Sum("real"), Sum("bonus")):
        key = (round_id, kind == LegKind.BET)
        before = sums.get(key, (Decimal(0), Decimal(0)))
        sums[key] = (before[0] + real, before[1] + bonus)
    return sums
