"""Who came, who paid for the first time, and who stayed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.types import Question
from reporting.dashboards.selectors.rows import rows_of

COHORTS: Final = 8


def registrations_by_day(question: Question) -> list[dict[str, Any]]:
    """New accounts."""
    asked = Asked(question)
    sql = f"""
        SELECT facts_business_day(p.created_at, p.brand_id) AS day, count(*) AS people
        FROM players_player p WHERE {asked.days("p.created_at", "p.brand_id")} AND {asked.reach("p")}
        GROUP BY 1 ORDER BY 1"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def first_deposits_by_day(question: Question) -> list[dict[str, Any]]:
    """Accounts whose first deposit was credited."""
    asked = Asked(question)
    sql = f"""
        SELECT facts_business_day(d.credited_at, p.brand_id) AS day, count(*) AS people
        FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id
        WHERE d.is_first AND {asked.days("d.credited_at", "p.brand_id")} AND {asked.reach("p")}
        GROUP BY 1 ORDER BY 1"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def active_by_day(question: Question) -> list[dict[str, Any]]:
    """Players with at least one settled bet of real money (KPI-12), by the day of the settlement."""
    asked = Asked(question)
    sql = f"""
        SELECT f.settled_day AS day, count(DISTINCT f.player_id) AS people
        FROM facts_play f
        WHERE f.settled_day BETWEEN %(first)s AND %(last)s AND f.stake_real > f.void_real AND {asked.reach("f")}
        GROUP BY 1 ORDER BY 1"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def retention(question: Question) -> list[dict[str, Any]]:
    """Cohorts by the week (from Monday) of the first deposit, the last COHORTS until the period's end, and how many
    of each played for real money in each week after it: cohort, week (0 is the cohort's own), people, size.
    """
    asked = Asked(question)
    last = monday(question.last)
    asked.parameters |= {"since": last - timedelta(weeks=COHORTS - 1), "first": last - timedelta(weeks=COHORTS - 1)}
    sql = f"""
        WITH cohort AS MATERIALIZED (
            SELECT d.player_id, date_trunc('week', facts_business_day(d.credited_at, p.brand_id))::date AS week
            FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id
            WHERE d.is_first AND {asked.days("d.credited_at", "p.brand_id")} AND {asked.reach("p")}
        ), active AS (
            SELECT DISTINCT c.player_id, c.week, (date_trunc('week', f.settled_day)::date - c.week) / 7 AS later
            FROM cohort c JOIN facts_play f ON f.player_id = c.player_id
            WHERE f.settled_day BETWEEN c.week AND %(last)s AND f.posted_day >= c.week - 7
              AND f.stake_real > f.void_real
        )
        SELECT s.week AS cohort, s.size, a.later AS week, count(a.player_id) AS people
        FROM (SELECT week, count(*) AS size FROM cohort GROUP BY week) s LEFT JOIN active a ON a.week = s.week
        GROUP BY 1, 2, 3 ORDER BY 1, 3"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
