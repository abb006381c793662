"""Play between two instants, told apart by brand, licence and real or test money: what dashboards add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection

from common.backoffice.time_range import uuid7_floor

# Grouped by player before anything is joined; then each player is looked up, so that an hour costs by those who played
# in it, not by all who ever registered (a plain join reads the whole table from some thousand players on). A rollback
# undoes its original at the original's rate; originals are looked up one by one, or the whole table would be read.
_PLAY: Final = """
    WITH booked AS (
        SELECT l.player_id, l.kind, NULL AS undone, l.real + l.bonus AS amount, l.fx_rate_id
        FROM play_leg l WHERE l.id >= %(low)s AND l.id < %(high)s AND l.kind <> 'rollback'
        UNION ALL
        SELECT l.player_id, l.kind, o.kind, o.amount, o.fx_rate_id
        FROM play_leg l CROSS JOIN LATERAL (
            SELECT r.kind, r.real + r.bonus AS amount, r.fx_rate_id FROM play_leg r WHERE r.id = l.related_id OFFSET 0
        ) o WHERE l.id >= %(low)s AND l.id < %(high)s AND l.kind = 'rollback'
    ),
    valued AS (
        SELECT b.player_id, b.kind, b.undone, b.amount / coalesce(f.units_per_base, 1) AS amount
        FROM booked b LEFT JOIN wallet_fxrate f ON f.id = b.fx_rate_id
    ),
    people AS (
        SELECT player_id, count(*) FILTER (WHERE kind = 'bet') AS bets, count(*) FILTER (WHERE kind = 'win') AS wins,
               count(*) FILTER (WHERE kind = 'rollback') AS rollbacks,
               coalesce(sum(amount) FILTER (WHERE kind = 'bet'), 0)
                   - coalesce(sum(amount) FILTER (WHERE undone = 'bet'), 0) AS staked,
               coalesce(sum(amount) FILTER (WHERE kind = 'win'), 0)
                   - coalesce(sum(amount) FILTER (WHERE undone = 'win'), 0) AS paid
        FROM valued GROUP BY player_id
    )
    SELECT p.brand_id, p.jurisdiction, p.is_test, sum(g.bets)::bigint, sum(g.wins)::bigint, sum(g.rollbacks)::bigint,
           sum(g.staked), sum(g.staked - g.paid), coalesce(array_agg(p.id) FILTER (WHERE g.bets > 0), '{}')
    FROM people g CROSS JOIN LATERAL (
        SELECT x.id, x.brand_id, x.jurisdiction, x.is_test FROM players_player x WHERE x.id = g.player_id OFFSET 0
    ) p GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class PlayOfSlice:
    """Booked calls of one brand, licence and sort of money. Amounts are in the base currency at the rate of each bet.

    `ggr` is stakes less wins, with rollbacks taken back; jackpot wins come out of their pools and are left out.
    `players` are those who bet.
    """

    brand_id: int
    jurisdiction: str
    is_test: bool
    bets: int
    wins: int
    rollbacks: int
    staked: Decimal
    ggr: Decimal
    players: frozenset[int]


def play_between(*, start: datetime, end: datetime) -> tuple[PlayOfSlice, ...]:
    """What was booked in [start, end), to the millisecond; reads that part of the legs' own key."""
    with connection.cursor() as cursor:
        cursor.execute(_PLAY, {"low": uuid7_floor(start), "high": uuid7_floor(end)})
        return tuple(
            PlayOfSlice(brand, jurisdiction, is_test, bets, wins, rollbacks, staked, ggr, frozenset(players))
            for brand, jurisdiction, is_test, bets, wins, rollbacks, staked, ggr, players in cursor.fetchall()
        )
