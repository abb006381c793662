"""Facts of play: added as calls come, moved when their rounds settle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection

from reporting.facts.columns import AMOUNTS, GAME_KEY, LEG, MEASURES, PLAY_KEY, added, listed, summed
from reporting.facts.selectors.sources import PLAY
from reporting.facts.types import Touched

_INTO_PLAY: Final = f"""
    INSERT INTO facts_play ({listed(PLAY_KEY)}, {listed(MEASURES)}, first_at, last_at)
    SELECT {listed(PLAY_KEY)}, {summed(MEASURES)}, min(at), max(at) FROM {{source}} GROUP BY {listed(PLAY_KEY)}
    ON CONFLICT ON CONSTRAINT one_fact_of_play DO UPDATE SET {added("facts_play", MEASURES)},
        first_at = least(facts_play.first_at, excluded.first_at),
        last_at = greatest(facts_play.last_at, excluded.last_at)
"""  # noqa: S608 - the only text put in is our own
_INTO_GAME: Final = f"""
    INSERT INTO facts_game ({listed(GAME_KEY)}, {listed(MEASURES)})
    SELECT {listed(GAME_KEY)}, {summed(MEASURES)} FROM {{source}} GROUP BY {listed(GAME_KEY)}
    ON CONFLICT ON CONSTRAINT one_fact_of_a_game DO UPDATE SET {added("facts_game", MEASURES)}
"""  # noqa: S608 - the only text put in is our own
# One statement, one snapshot: a round is open for all of it or for none, so that a call either waits or is settled.
ADD: Final = f"""
    WITH calls AS MATERIALIZED ({PLAY}),
    play AS ({_INTO_PLAY.format(source="calls")}),
    game AS ({_INTO_GAME.format(source="calls")}),
    waiting AS (
        INSERT INTO facts_waiting ({listed(LEG)}, opens, {listed(MEASURES)})
        SELECT {listed(LEG)}, opens, {listed(MEASURES)} FROM calls WHERE waits
    ),
    late AS (
        INSERT INTO facts_late ({listed(LEG)}, settled_day, cause, {listed(MEASURES)})
        SELECT {listed(LEG, "calls")}, settled_day,
               CASE WHEN t.actor LIKE 'staff:%%' THEN 'correction' WHEN undone = 'bet' THEN 'void'
                    WHEN undone = 'win' THEN 'win_back' WHEN calls.kind = 'bet' THEN 'late_bet' ELSE 'late_win' END,
               {listed(MEASURES)}
        FROM calls LEFT JOIN wallet_transaction t ON t.id = leg_id
        WHERE posted_day > settled_day
    )
    SELECT (SELECT count(*) FROM calls),
           coalesce(array_agg(day), '{{}}'), coalesce(array_agg(currency), '{{}}'),
           coalesce(array_agg(low), '{{}}'), coalesce(array_agg(high), '{{}}')
    FROM (SELECT day, currency, min(low) AS low, max(high) AS high FROM (
              SELECT posted_day AS day, currency, commit_order AS low, commit_order AS high FROM calls
              UNION ALL SELECT settled_day, currency, NULL, NULL FROM calls WHERE settled_day IS NOT NULL
          ) d GROUP BY day, currency) k
"""  # noqa: S608 - the only text put in is our own

_DAY: Final = "least(((d.closed_at AT TIME ZONE c.time_zone) - c.day_starts)::date, c.until_day - 1)"
_MOVED_PLAY: Final = listed(tuple(name for name in PLAY_KEY if name != "settled_day"))
# What is left without a settled day is exactly what still waits: those rows are made anew, not subtracted from.
SETTLE: Final = f"""
    WITH gone AS (
        DELETE FROM facts_waiting w USING play_round d, facts_calendar_span c
        WHERE d.id = w.round_id AND d.closed_at IS NOT NULL
          AND c.brand_id = w.brand_id AND c.starts <= d.closed_at AND d.closed_at < c.ends
        RETURNING w.*, {_DAY} AS settled_day
    ),
    moved AS MATERIALIZED (
        SELECT {listed(PLAY_KEY)}, at, bets, opens::int AS rounds, {listed(AMOUNTS)} FROM gone
    ),
    taken AS (
        SELECT {listed(GAME_KEY).replace("settled_day", "NULL::date AS settled_day")}, -bets AS bets, 0 AS rounds,
               {", ".join(f"-{name} AS {name}" for name in AMOUNTS)} FROM moved
        UNION ALL SELECT {listed(GAME_KEY)}, {listed(MEASURES)} FROM moved
    ),
    play AS ({_INTO_PLAY.format(source="moved")}),
    game AS ({_INTO_GAME.format(source="taken")})
    SELECT settled_day, currency, array_agg(DISTINCT player_id) FROM moved GROUP BY settled_day, currency
"""  # noqa: S608 - the only text put in is our own
_UNSETTLED_DELETE: Final = """
    DELETE FROM facts_play WHERE player_id = ANY(%(players)s) AND settled_day IS NULL
"""
_UNSETTLED_INSERT: Final = f"""
    INSERT INTO facts_play ({listed(PLAY_KEY)}, {listed(MEASURES)}, first_at, last_at)
    SELECT {listed(PLAY_KEY).replace("settled_day", "NULL::date")}, {summed(MEASURES)}, min(at), max(at)
    FROM facts_waiting w WHERE player_id = ANY(%(players)s)
    GROUP BY {_MOVED_PLAY}
"""  # noqa: S608 - the only text put in is our own
_EMPTY_GAMES: Final = f"""
    DELETE FROM facts_game WHERE settled_day IS NULL AND bets = 0 AND {" AND ".join(f"{n} = 0" for n in AMOUNTS)}
"""  # noqa: S608 - the only text put in is our own


def play_add(parameters: Mapping[str, Any]) -> tuple[int, list[Touched]]:
    """Add the calls that the parameters name (selectors/sources.py); returns how many, and the days they touch."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, parameters)
        count, days, currencies, lows, highs = cursor.fetchone() or (0, [], [], [], [])
    return count, [Touched(*one) for one in zip(days, currencies, lows, highs, strict=True)]


def play_settle() -> list[Touched]:
    """Move the calls of rounds that were settled meanwhile to their settled day; returns the days they came to."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE)
        rows = cursor.fetchall()
        if rows:
            players = {"players": sorted({player for row in rows for player in row[2]})}
            cursor.execute(_UNSETTLED_DELETE, players)
            cursor.execute(_UNSETTLED_INSERT, players)
            cursor.execute(_EMPTY_GAMES)
    return [Touched(day, currency, None, None) for day, currency, _players in rows]
