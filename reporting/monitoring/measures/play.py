"""Rounds that stay open, and games that pay out otherwise than they should."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection

from reporting.monitoring.measures.types import Measure, Value

_OPEN: Final = """
    SELECT p.code, count(*) FROM play_round r JOIN games_provider p ON p.id = r.provider_id
    WHERE r.state = 'open' AND r.opened_at < %(now)s - interval '{age}' GROUP BY 1
"""
# Real players' play of 30 days, in rounds that are settled. Staked and won in one currency at a time, the commonest.
_PAID: Final = """
    SELECT p.code || '/' || g.code, g.theoretical_rtp, g.volatility, f.rounds, f.staked, f.won
    FROM (
        SELECT DISTINCT ON (game_id) game_id, currency, sum(rounds) AS rounds,
               sum(stake_real + stake_bonus - void_real - void_bonus) AS staked,
               sum(win_real + win_bonus - unwin_real - unwin_bonus) AS won
        FROM facts_game WHERE settled_day > %(now)s::date - 30 AND NOT is_test
        GROUP BY game_id, currency ORDER BY game_id, sum(rounds) DESC
    ) f JOIN games_game g ON g.id = f.game_id JOIN games_provider p ON p.id = g.provider_id
    WHERE g.volatility IS NOT NULL AND f.rounds >= %(least)s AND f.staked > 0
"""
LEAST_ROUNDS: Final = 1_000


def rtp_z(*, measured: Decimal, theoretical: Decimal, sigma: Decimal, rounds: int) -> Decimal:
    """How many standard errors a measured return (percent) lies from the theoretical one (percent).

    `sigma` is the standard deviation of one round's return per unit staked. 250,000 rounds, sigma 8.0, 98.5 against
    96.0: standard error 8 / sqrt(250,000) = 0.016, z = 0.025 / 0.016 = 1.5625.
    """
    error = sigma / Decimal(math.sqrt(rounds))
    return (measured - theoretical) / 100 / error


def _drift(now: datetime) -> list[Value]:
    with connection.cursor() as cursor:
        cursor.execute(_PAID, {"now": now, "least": LEAST_ROUNDS})
        return [
            (game, rtp_z(measured=100 * won / staked, theoretical=rtp, sigma=sigma, rounds=int(rounds)))
            for game, rtp, sigma, rounds, staked, won in cursor.fetchall()
        ]


MEASURES: Final = (
    Measure("rounds_open_hour", "Rounds open for over an hour", "rounds", _OPEN.format(age="1 hour"), "provider"),
    Measure("rounds_open_day", "Rounds open for over a day", "rounds", _OPEN.format(age="24 hours"), "provider"),
    Measure("rtp_drift", "Return to players, from the theoretical one, 30 days", "σ", _drift, "game", wide=True),
)
