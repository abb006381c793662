"""Players by the week of their first deposit: who still plays, and what they paid in (KPI-15, KPI-16)."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import PLACES, amount
from reporting.catalogue.reports.pieces import BRAND, CURRENCY, whole
from reporting.catalogue.types import Column, Query, Question, Report

_DAYS = (1, 7, 30, 90)


def _query(question: Question) -> Query:
    asked = Asked(question)
    # A share is told once the whole cohort is that old; before, it would only rise.
    played = ", ".join(
        f"""CASE WHEN max(c.day) + {n} <= %(last)s::date THEN round(100.0 * count(*) FILTER (WHERE EXISTS (
                SELECT 1 FROM facts_play f WHERE f.player_id = c.player_id AND f.posted_day >= c.day + {n}
                  AND f.posted_day < c.day + {n} + {max(1, n // 7)} AND f.bets > 0)) / count(*), 4) END AS day_{n}"""  # noqa: S608 - our own text
        for n in _DAYS
    )
    return asked.query(
        f"""
        WITH cohort AS (
            SELECT p.id AS player_id, p.brand_id, d.credit_currency AS currency, d.credit,
                   facts_business_day(d.credited_at, p.brand_id) AS day
            FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id
            WHERE d.is_first AND d.credited_at IS NOT NULL AND {asked.days("d.created_at", "p.brand_id")}
              AND {asked.reach("p")} AND {asked.filtered(currency="d.credit_currency")}
        )
        SELECT date_trunc('week', c.day)::date AS week, b.code AS brand, c.currency, count(*) AS players,
               sum(c.credit) AS first_deposits, {played},
               coalesce(sum((SELECT sum(f.real) FROM facts_money f WHERE f.player_id = c.player_id
                   AND f.currency = c.currency AND f.kind = 'deposit' AND f.posted_day <= %(last)s)), 0) AS deposits,
               coalesce(sum((SELECT sum(f.stake_real - f.void_real - f.win_real + f.unwin_real)
                   FROM facts_play f WHERE f.player_id = c.player_id AND f.currency = c.currency
                   AND f.posted_day <= %(last)s)), 0) AS cash_ggr
        FROM cohort c JOIN players_brand b ON b.id = c.brand_id GROUP BY 1, 2, 3"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="cohorts",
    title="Cohorts by first deposit",
    about="Players by the week of their first deposit: the share that bet again later, and what they were worth.",
    family=Family.PLAYERS,
    ids=("KPI-15", "KPI-16"),
    columns=(
        Column(name="week", title="Week from", kind=ColumnKind.DAY), BRAND, CURRENCY,
        whole("players", "Players", summed=True), amount("first_deposits", "First deposits"),
        *(
            Column(
                name=f"day_{n}", title=f"Day {n}", kind=ColumnKind.PERCENT,
                about=f"Bet on day {n} after the first deposit, or within {max(1, n // 7)} days of it.",
            )
            for n in _DAYS
        ),
        amount("deposits", "Deposits so far"), amount("cash_ggr", "Cash GGR so far"),
    ),
    key=("week", "brand", "currency"),
    query=_query,
    filters=PLACES,
)  # fmt: skip
