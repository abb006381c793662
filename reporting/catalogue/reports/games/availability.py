"""When which game could be played, in which version, by whose word (R-21, G-86): edits, switches and stops."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import GAME, PROVIDER, moment, to
from reporting.catalogue.types import Column, Query, Question, Report

# Columns of a game that tell where and how it can be played; a change of any other is of no concern here.
_OF_GAME: Final = (
    "enabled", "real_enabled", "demo_enabled", "version", "theoretical_rtp", "volatility", "blocked_countries",
    "blocked_brands", "min_stake", "max_stake",
)  # fmt: skip
_WORDS: Final = {
    "enabled": "Offered", "real_enabled": "For real money", "demo_enabled": "For fun", "version": "Version",
    "theoretical_rtp": "Theoretical RTP", "volatility": "Volatility", "blocked_countries": "Countries not offered to",
    "blocked_brands": "Brands not offered to", "min_stake": "Smallest stake", "max_stake": "Largest stake",
    "currencies": "Currencies", "devices": "Devices",
}  # fmt: skip
_TITLES: Final = " ".join(f"WHEN '{name}' THEN '{title}'" for name, title in _WORDS.items())


def _changes(table: str, key: str, columns: tuple[str, ...], game: str, provider: str) -> str:
    """One row per changed column, with what stood there before."""
    pairs = ", ".join(f"('{name}', o.{name}::text, h.{name}::text)" for name in columns)
    return f"""
        SELECT '{table}-' || h.pgh_id || '-' || c.name AS change_id, h.pgh_created_at AS at, {game} AS game_id,
               {provider} AS provider_id, CASE c.name {_TITLES} END AS what, coalesce(c.before, '') AS before,
               coalesce(c.after, '') AS after, coalesce(h.pgh_context->>'actor', '') AS by, '' AS reason
        FROM {table} h
        LEFT JOIN LATERAL (
            SELECT x.* FROM {table} x WHERE x.{key} = h.{key} AND x.pgh_id < h.pgh_id ORDER BY x.pgh_id DESC LIMIT 1
        ) o ON true
        CROSS JOIN LATERAL (VALUES {pairs}) c (name, before, after)
        WHERE h.pgh_label IN ('insert', 'update') AND c.before IS DISTINCT FROM c.after
          AND coalesce(c.before, '') <> coalesce(c.after, '')"""  # noqa: S608 - our own text


_STOPS: Final = """
    SELECT 'stop-' || s.id || '-begin' AS change_id, s.starts_at AS at, s.game_id,
           coalesce(s.provider_id, g.provider_id) AS provider_id,
           CASE s.scope WHEN 'all' THEN 'All gaming' WHEN 'provider' THEN 'The provider' ELSE 'Play' END AS what,
           'open' AS before, 'stopped' AS after, s.placed_by AS by, s.reason_code || ': ' || s.reason AS reason
    FROM games_stop s LEFT JOIN games_game g ON g.id = s.game_id WHERE s.scope <> 'player'
    UNION ALL
    SELECT 'stop-' || s.id || '-end', s.ended_at, s.game_id, coalesce(s.provider_id, g.provider_id),
           CASE s.scope WHEN 'all' THEN 'All gaming' WHEN 'provider' THEN 'The provider' ELSE 'Play' END,
           'stopped', 'open', s.ended_by, s.end_reason
    FROM games_stop s LEFT JOIN games_game g ON g.id = s.game_id WHERE s.scope <> 'player' AND s.ended_at IS NOT NULL
"""
_ALL: Final = " UNION ALL ".join(
    (
        _changes("games_gamehistory", "id", _OF_GAME, "h.id", "h.provider_id"),
        _changes("games_providerhistory", "id", ("enabled",), "NULL::bigint", "h.id"),
        _changes("lobby_availabilityhistory", "game_id", ("currencies", "devices"), "h.game_id", "NULL::bigint"),
        _STOPS,
    )
)


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(provider_id="v.id", game_id="c.game_id")
    return asked.query(
        f"""
        SELECT c.change_id, c.at, coalesce(v.code, '') AS provider, coalesce(g.code, '') AS game,
               coalesce(g.name, v.name, 'All gaming') AS name, c.game_id, c.what, c.before, c.after, c.by, c.reason
        FROM ({_ALL}) c
        LEFT JOIN games_game g ON g.id = c.game_id
        LEFT JOIN games_provider v ON v.id = coalesce(c.provider_id, g.provider_id)
        WHERE {asked.days("c.at", "NULL")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="game-availability",
    title="Game availability and versions",
    about="Every change of where and how games can be played, field by field, and every stop of play, by days of UTC.",
    family=Family.GAMES,
    ids=("R-21", "G-86"),
    columns=(
        Column(name="change_id", title="Change", kind=ColumnKind.CODE),
        moment("at", "When"),
        PROVIDER,
        GAME,
        Column(name="name", title="Name"),
        Column(name="game_id", title="Game no.", kind=ColumnKind.CODE),
        Column(name="what", title="What"),
        Column(name="before", title="From"),
        Column(name="after", title="To"),
        Column(name="by", title="By", kind=ColumnKind.CODE),
        Column(name="reason", title="Reason"),
    ),
    key=("at", "change_id"),
    query=_query,
    filters=frozenset({FilterName.PROVIDER, FilterName.GAME}),
    drill=to("games_game", "game_id"),
)
