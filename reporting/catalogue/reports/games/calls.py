"""Calls of providers within a question's reach: by their player, and those that name none only for the whole house."""

from __future__ import annotations

from reporting.catalogue.reports.asked import Asked


def calls_made(asked: Asked) -> str:
    """SELECT of the calls of the days asked for: when, by whom, for which game, what came of it, how long it took."""
    filters = asked.filtered(provider_id="v.id", game_id="g.id")
    return f"""
        SELECT c.received_at, c.provider_code AS provider, c.game_code AS game, c.call, c.outcome, c.error_class,
               c.replayed, c.total_us
        FROM calls_providercall c
        LEFT JOIN players_player p ON p.public_id = c.player
        LEFT JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN games_provider v ON v.code = c.provider_code
        LEFT JOIN games_game g ON g.provider_id = v.id AND g.code = c.game_code
        WHERE {asked.days("c.received_at", "p.brand_id")} AND {asked.events()} AND {filters}"""  # noqa: S608 - our own text
