"""Which version of a game was in force when, with its theoretical RTP and volatility: out of the row history."""

from __future__ import annotations

from typing import Final

# One row per game and version: `since` to `until`. The first is held to have been in force ever since, and what the
# history does not know (rows written before the columns were there) has no version. A day of play counts to the
# version in force when it began (UTC): calls do not tell the version that they were made with.
VERSIONS: Final = """
    SELECT game_id, version, theoretical_rtp, volatility, since, coalesce(lead(since) OVER w, 'infinity') AS until
    FROM (
        SELECT h.id AS game_id, coalesce(h.version, '') AS version, h.theoretical_rtp, h.volatility,
               CASE WHEN row_number() OVER v = 1 THEN '-infinity' ELSE h.pgh_created_at END AS since, h.pgh_id,
               row_number() OVER v = 1
               OR (coalesce(h.version, ''), h.theoretical_rtp, h.volatility) IS DISTINCT FROM
                  (coalesce(lag(h.version) OVER v, ''), lag(h.theoretical_rtp) OVER v, lag(h.volatility) OVER v)
                   AS another
        FROM games_gamehistory h WHERE h.pgh_label <> 'delete'
        WINDOW v AS (PARTITION BY h.id ORDER BY h.pgh_id)
    ) h WHERE another WINDOW w AS (PARTITION BY game_id ORDER BY pgh_id)
"""


def version_on(versions: str, game: str, day: str) -> str:
    """Condition that joins a row of VERSIONS to a game's day."""
    start = f"({day}::timestamp AT TIME ZONE 'UTC')"
    return f"{versions}.game_id = {game} AND {versions}.since <= {start} AND {start} < {versions}.until"
