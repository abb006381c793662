"""Account summary against wagering summary (G-83): two ways to the same win or loss, which must agree."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import DAY, MOVES_SQL, PLACES, amount
from reporting.catalogue.reports.pieces import BRAND, CURRENCY
from reporting.catalogue.types import Chart, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    reach, filters = asked.reach("f"), asked.filtered(currency="f.currency")
    return asked.query(
        f"""
        WITH accounts AS (
            SELECT f.posted_day AS day, f.brand_id, f.currency, {MOVES_SQL} FROM facts_money f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {reach} AND {filters} GROUP BY 1, 2, 3
        ), wagers AS (
            SELECT f.posted_day AS day, f.brand_id, f.currency,
                   sum(f.stake_real + f.stake_bonus - f.void_real - f.void_bonus - f.win_real - f.win_bonus
                       + f.unwin_real + f.unwin_bonus - f.jackpot_win) AS won
            FROM facts_game f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {reach} AND {filters} GROUP BY 1, 2, 3
        )
        SELECT day, b.code AS brand, currency, -coalesce(a.win_loss, 0) AS by_accounts, coalesce(w.won, 0) AS by_wagers,
               -coalesce(a.win_loss, 0) - coalesce(w.won, 0) AS variance
        FROM accounts a FULL JOIN wagers w USING (day, brand_id, currency)
        JOIN players_brand b ON b.id = brand_id
        WHERE coalesce(a.win_loss, 0) <> 0 OR coalesce(w.won, 0) <> 0"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="revenue-variance",
    title="Revenue variance",
    about="The house's win by players' accounts against its win by wagers, day by day: every variance is to be zero.",
    family=Family.FINANCE,
    ids=("G-83",),
    columns=(
        DAY, BRAND, CURRENCY,
        amount("by_accounts", "Win by account summary"),
        amount("by_wagers", "Win by wagering summary"),
        amount("variance", "Variance", "Zero, or something is to be explained."),
    ),
    key=("day", "brand", "currency"),
    query=_query,
    filters=PLACES,
    chart=Chart(kind="line", across="day", measures=("by_accounts", "by_wagers"), title="Win by both ways"),
)  # fmt: skip
