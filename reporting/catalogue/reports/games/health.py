"""Game health: launches, calls, errors, latency, rollbacks and open rounds (backoffice.md §6.3)."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.calls import calls_made
from reporting.catalogue.reports.pieces import GAME, PROVIDER
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(provider_id="s.provider_id", game_id="s.game_id")
    open_filters = asked.filtered(provider_id="r.provider_id", game_id="r.game_id")
    return asked.query(
        f"""
        WITH calls AS ({calls_made(asked)}), told AS (
            SELECT provider, game, count(*) AS calls, count(*) FILTER (WHERE outcome <> 'ok') AS refused,
                   count(*) FILTER (WHERE error_class = 'retry') AS failed,
                   count(*) FILTER (WHERE replayed) AS replayed,
                   count(*) FILTER (WHERE call = 'bet' AND outcome = 'ok' AND NOT replayed) AS bets,
                   count(*) FILTER (WHERE call = 'rollback' AND outcome = 'ok' AND NOT replayed) AS rollbacks,
                   percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY total_us) AS took
            FROM calls GROUP BY provider, game
        ), launches AS (
            SELECT v.code AS provider, coalesce(g.code, '') AS game, count(*) AS launches,
                   count(s.authenticated_at) AS begun
            FROM play_gamesession s JOIN players_player p ON p.id = s.player_id
            JOIN games_provider v ON v.id = s.provider_id LEFT JOIN games_game g ON g.id = s.game_id
            WHERE {asked.days("s.launched_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}
            GROUP BY 1, 2
        ), standing AS (
            SELECT v.code AS provider, g.code AS game, count(*) AS rounds
            FROM play_round r JOIN players_player p ON p.id = r.player_id
            JOIN games_provider v ON v.id = r.provider_id JOIN games_game g ON g.id = r.game_id
            WHERE r.state = 'open' AND r.opened_at < %(as_of)s - interval '1 hour' AND {asked.reach("p")}
              AND {open_filters}
            GROUP BY 1, 2
        )
        SELECT provider, game, coalesce(l.launches, 0) AS launches, round(100.0 * l.begun / l.launches, 2) AS launched,
               coalesce(t.calls, 0) AS calls, coalesce(t.refused, 0) AS refused, coalesce(t.failed, 0) AS failed,
               round(100.0 * t.failed / nullif(t.calls, 0), 4) AS failed_share, coalesce(t.replayed, 0) AS replayed,
               coalesce(t.rollbacks, 0) AS rollbacks,
               round(100.0 * t.rollbacks / nullif(t.bets, 0), 4) AS rollback_share,
               round(t.took[1]::numeric / 1000, 1) AS p50, round(t.took[2]::numeric / 1000, 1) AS p95,
               round(t.took[3]::numeric / 1000, 1) AS p99, coalesce(o.rounds, 0) AS open_rounds
        FROM told t FULL JOIN launches l USING (provider, game) FULL JOIN standing o USING (provider, game)"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="game-health",
    title="Game health",
    about=(
        "Launches and calls of these days by game, and rounds open for more than an hour now. Calls are kept for a"
        " limited time. A call that names no game, such as a balance, counts without one."
    ),
    family=Family.GAMES,
    ids=(),
    columns=(
        PROVIDER,
        GAME,
        Column(name="launches", title="Launches", kind=ColumnKind.WHOLE, summed=True),
        Column(name="launched", title="of them begun", kind=ColumnKind.PERCENT),
        Column(name="calls", title="Calls", kind=ColumnKind.WHOLE, summed=True),
        Column(name="refused", title="Not ok", kind=ColumnKind.WHOLE, summed=True, about="Business refusals included."),
        Column(name="failed", title="Failed", kind=ColumnKind.WHOLE, summed=True, about="To be repeated."),
        Column(name="failed_share", title="Failed, share", kind=ColumnKind.PERCENT),
        Column(name="replayed", title="Repeated", kind=ColumnKind.WHOLE, summed=True),
        Column(name="rollbacks", title="Rollbacks", kind=ColumnKind.WHOLE, summed=True),
        Column(name="rollback_share", title="Rollbacks to bets", kind=ColumnKind.PERCENT),
        Column(name="p50", title="p50, ms", kind=ColumnKind.NUMBER),
        Column(name="p95", title="p95, ms", kind=ColumnKind.NUMBER),
        Column(name="p99", title="p99, ms", kind=ColumnKind.NUMBER),
        Column(name="open_rounds", title="Open over an hour", kind=ColumnKind.WHOLE, summed=True),
    ),
    key=("provider", "game"),
    query=_query,
    filters=frozenset(
        {FilterName.BRAND, FilterName.JURISDICTION, FilterName.PROVIDER, FilterName.GAME, FilterName.TEST_PLAYERS}
    ),
)  # fmt: skip
