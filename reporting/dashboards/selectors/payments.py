"""Deposits from the wish to the money on our side: attempted, approved by the gateway, settled by it."""

from __future__ import annotations

from typing import Any

from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.types import Question
from reporting.dashboards.selectors.rows import rows_of

# Approved: the gateway said that it has the money, whatever became of it later. Still open ones are neither.
_APPROVED = "(d.transaction_id IS NOT NULL OR d.suspense_id IS NOT NULL)"
_OPEN = "d.state IN ('created', 'pending', 'authorised')"


def attempts_by_day(question: Question) -> list[dict[str, Any]]:
    """Counts by the day of the attempt."""
    asked = Asked(question)
    sql = f"""
        SELECT facts_business_day(d.created_at, p.brand_id) AS day, count(*) AS attempted,
               count(*) FILTER (WHERE {_APPROVED}) AS approved, count(*) FILTER (WHERE {_OPEN}) AS still_open,
               count(*) FILTER (WHERE {_APPROVED} AND EXISTS (
                   SELECT FROM settlements_settlementline l WHERE l.reference = d.reference)) AS settled
        FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id
        WHERE {asked.days("d.created_at", "p.brand_id")} AND {asked.reach("p")}
        GROUP BY 1 ORDER BY 1"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def reasons(question: Question) -> list[dict[str, Any]]:
    """Why attempts ended without money: state, the code of the gateway or of ours, how many; the commonest first."""
    asked = Asked(question)
    sql = f"""
        SELECT d.state, d.code, count(*) AS attempts
        FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id
        WHERE d.state IN ('declined', 'failed', 'expired', 'cancelled') AND NOT {_APPROVED}
          AND {asked.days("d.created_at", "p.brand_id")} AND {asked.reach("p")}
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 15"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def methods(question: Question) -> list[dict[str, Any]]:
    """The same by method and gateway."""
    asked = Asked(question)
    sql = f"""
        SELECT d.method, d.gateway, count(*) AS attempted, count(*) FILTER (WHERE {_APPROVED}) AS approved,
               count(*) FILTER (WHERE {_OPEN}) AS still_open
        FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id
        WHERE {asked.days("d.created_at", "p.brand_id")} AND {asked.reach("p")}
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 30"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)
