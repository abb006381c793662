"""Safer gambling: limits, exclusions, markers of harm, interactions."""

from __future__ import annotations

from typing import Any

from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.types import Question
from reporting.dashboards.selectors.rows import rows_of


def limits(question: Question) -> list[dict[str, Any]]:
    """By kind and owner: in force now, set in the period, and how many of these are lower than the one before."""
    asked = Asked(question)
    sql = f"""
        SELECT l.kind, l.owner, count(*) FILTER (WHERE l.ended_at IS NULL) AS in_force,
               count(*) FILTER (WHERE {asked.days("l.starts_at", "p.brand_id")}) AS set,
               count(*) FILTER (WHERE {asked.days("l.starts_at", "p.brand_id")} AND l.amount < b.amount) AS lowered
        FROM limits_limit l JOIN players_player p ON p.id = l.player_id LEFT JOIN limits_limit b ON b.id = l.replaces_id
        WHERE {asked.reach("p")} GROUP BY 1, 2 ORDER BY 1, 2"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def exclusions(question: Question) -> list[dict[str, Any]]:
    """By kind: standing now, placed in the period, over in the period. Those that follow another account's are left
    out: one person is counted once.
    """
    asked = Asked(question)
    sql = f"""
        SELECT e.kind, count(*) FILTER (WHERE e.over_at IS NULL OR e.over_at > %(as_of)s) AS standing,
               count(*) FILTER (WHERE {asked.days("e.starts_at", "e.brand_id")}) AS placed,
               count(*) FILTER (WHERE {asked.days("e.over_at", "e.brand_id")}) AS over
        FROM exclusions_exclusion e LEFT JOIN players_player p ON p.id = e.player_id
        WHERE e.origin_id IS NULL AND {asked.brand_reach("e.brand_id", "e.jurisdiction")}
          AND coalesce(p.is_test, false) = %(test)s
        GROUP BY 1 ORDER BY 1"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters | {"test": question.test_players})


def by_day(question: Question) -> list[dict[str, Any]]:
    """Exclusions placed, cases opened and interactions recorded, by day."""
    asked = Asked(question)
    parts = (
        ("exclusions_exclusion", "starts_at", "r.origin_id IS NULL", "exclusions"),
        ("harm_case", "opened_at", "TRUE", "cases"),
        ("harm_interaction", "at", "TRUE", "interactions"),
    )
    names = [name for *_, name in parts]
    union = " UNION ALL ".join(
        f"SELECT facts_business_day(r.{moment}, p.brand_id) AS day,"  # noqa: S608 - our own text
        f" {', '.join(str(int(name == other)) + ' AS ' + other for other in names)}"
        f" FROM {table} r JOIN players_player p ON p.id = r.player_id"
        f" WHERE {condition} AND {asked.days(f'r.{moment}', 'p.brand_id')} AND {asked.reach('p')}"
        for table, moment, condition, name in parts
    )
    sums = ", ".join(f"sum({name})::bigint AS {name}" for name in names)
    return rows_of(f"SELECT day, {sums} FROM ({union}) moments GROUP BY 1 ORDER BY 1", asked.parameters)  # noqa: S608


def tiers(question: Question) -> list[dict[str, Any]]:
    """Open cases by level, the most severe first: how many, how many too late, and how many nobody has met yet."""
    asked = Asked(question)
    sql = f"""
        SELECT c.tier, count(*) AS cases, count(*) FILTER (WHERE c.first_acted_at IS NULL) AS waiting,
               count(*) FILTER (WHERE c.first_acted_at IS NULL AND c.due_at < %(as_of)s) AS late
        FROM harm_case c JOIN players_player p ON p.id = c.player_id
        WHERE c.state = 'open' AND {asked.reach("p")} GROUP BY c.tier, c.rank ORDER BY c.rank DESC"""  # noqa: S608
    return rows_of(sql, asked.parameters)


def channels(question: Question) -> list[dict[str, Any]]:
    """Interactions of the period by channel."""
    asked = Asked(question)
    sql = f"""
        SELECT i.channel, count(*) AS interactions, count(DISTINCT i.player_id) AS people
        FROM harm_interaction i JOIN players_player p ON p.id = i.player_id
        WHERE {asked.days("i.at", "p.brand_id")} AND {asked.reach("p")} GROUP BY 1 ORDER BY 2 DESC"""  # noqa: S608
    return rows_of(sql, asked.parameters)


def limited(question: Question) -> dict[str, Any]:
    """Active players of the period (KPI-12), and how many of them have a limit of their own now: ACT and LIM."""
    asked = Asked(question)
    sql = f"""
        SELECT count(*)::numeric AS "ACT", count(*) FILTER (WHERE EXISTS (
                   SELECT FROM limits_limit l
                   WHERE l.player_id = a.player_id AND l.owner = 'player' AND l.ended_at IS NULL))::numeric AS "LIM"
        FROM (SELECT DISTINCT f.player_id FROM facts_play f
              WHERE f.settled_day BETWEEN %(first)s AND %(last)s AND f.stake_real > f.void_real
                AND {asked.reach("f")}) a"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)[0]
