"""What players had with us, day by day (backoffice.md §6.2): opening, every movement, closing, difference zero."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import (
    DAY,
    MOVE_COLUMNS,
    MOVES,
    MOVES_SQL,
    NET,
    PLACES,
    amount,
    money_ties,
)
from reporting.catalogue.reports.pieces import BRAND, CURRENCY
from reporting.catalogue.types import Chart, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    reach, filters = asked.reach("f"), asked.filtered(currency="f.currency")
    moves = ", ".join(f"coalesce(m.{name}, 0) AS {name}" for name in MOVES)
    return asked.query(
        f"""
        WITH opening AS (
            SELECT o.brand_id, o.currency, sum(o.total) AS total FROM (
                SELECT DISTINCT ON (f.player_id, f.currency) f.brand_id, f.currency, {NET} AS total
                FROM facts_balance f WHERE f.posted_day < %(first)s AND {reach} AND {filters}
                ORDER BY f.player_id, f.currency, f.posted_day DESC) o
            GROUP BY 1, 2
        ), moved AS (
            SELECT f.posted_day AS day, f.brand_id, f.currency, {MOVES_SQL}, sum({NET}) AS net FROM facts_money f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {reach} AND {filters} GROUP BY 1, 2, 3
        ), changed AS (
            SELECT c.posted_day AS day, c.brand_id, c.currency, sum(c.total - c.before) AS total FROM (
                SELECT f.posted_day, f.brand_id, f.currency, {NET} AS total,
                       coalesce(lag({NET}) OVER (PARTITION BY f.player_id, f.currency ORDER BY f.posted_day), (
                           SELECT x.real + x.bonus + x.held + x.owed FROM facts_balance x
                           WHERE x.player_id = f.player_id AND x.currency = f.currency AND x.posted_day < %(first)s
                           ORDER BY x.posted_day DESC LIMIT 1), 0) AS before
                FROM facts_balance f
                WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {reach} AND {filters}) c
            GROUP BY 1, 2, 3
        ), lines AS (
            SELECT m.*, coalesce(o.total, 0) + sum(coalesce(c.total, 0)) OVER w AS closing,
                   coalesce(o.total, 0) + sum(coalesce(c.total, 0)) OVER w - coalesce(c.total, 0) AS opening
            FROM moved m LEFT JOIN changed c USING (day, brand_id, currency)
            LEFT JOIN opening o USING (brand_id, currency)
            WINDOW w AS (PARTITION BY m.brand_id, m.currency ORDER BY m.day)
        )
        SELECT m.day, b.code AS brand, m.currency, m.opening, {moves}, m.closing,
               m.opening + m.net - m.closing AS difference
        FROM lines m JOIN players_brand b ON b.id = m.brand_id"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="player-liability",
    title="Player liability by day",
    about="What players had with us when each day began and ended, and what moved it in between.",
    family=Family.FINANCE,
    ids=("G-76",),
    columns=(
        DAY, BRAND, CURRENCY,
        amount("opening", "Opening", summed=False),
        *MOVE_COLUMNS,
        amount("closing", "Closing", summed=False),
        amount("difference", "Difference", "Opening and movements less closing balances: must be zero."),
    ),
    key=("day", "brand", "currency"),
    query=_query,
    filters=PLACES,
    ties=money_ties(_query, "closing - opening", "What moved on players' accounts"),
    chart=Chart(kind="line", across="day", measures=("closing",), title="Players' money at the end of the day"),
)  # fmt: skip
