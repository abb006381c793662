"""Jackpot contributions and reconciliation: what each pool held, what came in, what it paid, what it holds (R-15)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.pools import END, MOVED, POOLS, START, balance_at
from reporting.catalogue.reports.pieces import CURRENCY, PROVIDER, to
from reporting.catalogue.types import Column, Query, Question, Report, Tie


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="o.currency")
    if question.provider_id is not None:
        asked.parameters["provider_id"] = question.provider_id
        filters += " AND o.provider = (SELECT v.code FROM games_provider v WHERE v.id = %(provider_id)s)"
    return asked.query(
        f"""
        WITH pools AS MATERIALIZED (
            SELECT o.* FROM ({POOLS}) o WHERE {filters} AND {asked.house_only()}
        ), opening AS ({balance_at(START)}), moved AS ({MOVED}), summed AS (
            SELECT account_id,
                   coalesce(sum(amount) FILTER (WHERE kind = 'bet'), 0) AS contributions,
                   coalesce(sum(amount) FILTER (WHERE kind = 'rollback'), 0) AS returned,
                   coalesce(sum(amount) FILTER (WHERE kind = 'jackpot_win' AND amount < 0), 0) AS won,
                   coalesce(sum(amount) FILTER (
                       WHERE kind = 'jackpot_seed' OR kind = 'jackpot_win' AND amount > 0), 0) AS seeded,
                   coalesce(sum(amount) FILTER (
                       WHERE kind NOT IN ('bet', 'rollback', 'jackpot_win', 'jackpot_seed')), 0) AS adjusted
            FROM moved GROUP BY account_id
        )
        SELECT o.jackpot_id, o.provider, o.jackpot, coalesce(o.name, '') AS name, coalesce(o.enabled, false) AS enabled,
               o.currency, n.balance AS opening, coalesce(s.contributions, 0) AS contributions,
               coalesce(s.returned, 0) AS returned, coalesce(s.seeded, 0) AS seeded, coalesce(s.won, 0) AS won,
               coalesce(s.adjusted, 0) AS adjusted,
               n.balance + coalesce(s.contributions + s.returned + s.seeded + s.won + s.adjusted, 0) AS closing,
               o.seed AS reset_value
        FROM pools o JOIN opening n USING (account_id) LEFT JOIN summed s USING (account_id)"""  # noqa: S608 - our own text
    )


def _ties(question: Question) -> Sequence[Tie]:
    """What the report comes to against the pools' accounts at the end of the last day, read by another seal."""
    made = _query(question)
    sql = f"""
        WITH told AS (SELECT * FROM ({made.sql}) rows), pools AS MATERIALIZED ({POOLS}), closing AS ({balance_at(END)})
        SELECT t.provider || ':' || t.jackpot, t.currency, t.closing, c.balance
        FROM told t JOIN pools o ON o.scope = t.provider || ':' || t.jackpot AND o.currency = t.currency
        JOIN closing c USING (account_id) ORDER BY 1, 2"""  # noqa: S608 - our own text
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(made.parameters))
        return tuple(
            Tie(name=f"Pool {scope}", currency=currency, reported=reported, ledger=ledger)
            for scope, currency, reported, ledger in cursor.fetchall()
        )


REPORT = Report(
    code="jackpots",
    title="Jackpot contributions and reconciliation",
    about=(
        "Each pool's money by days of UTC, out of the ledger. Pools belong to the whole house: whoever sees only some"
        " brands sees none. What providers say they hold is told by the reconciliation with them."
    ),
    family=Family.GAMES,
    ids=("R-15",),
    columns=(
        Column(name="jackpot_id", title="Jackpot no.", kind=ColumnKind.CODE),
        PROVIDER,
        Column(name="jackpot", title="Jackpot", kind=ColumnKind.CODE),
        Column(name="name", title="Name"),
        Column(name="enabled", title="Enabled", kind=ColumnKind.YES_NO),
        CURRENCY,
        Column(name="opening", title="Opening", kind=ColumnKind.MONEY, summed=True),
        Column(name="contributions", title="Contributions", kind=ColumnKind.MONEY, summed=True),
        Column(name="returned", title="Rolled back", kind=ColumnKind.MONEY, summed=True),
        Column(name="seeded", title="Seeds and top-ups", kind=ColumnKind.MONEY, summed=True),
        Column(name="won", title="Wins", kind=ColumnKind.MONEY, summed=True),
        Column(name="adjusted", title="Adjustments", kind=ColumnKind.MONEY, summed=True),
        Column(name="closing", title="Closing", kind=ColumnKind.MONEY, summed=True),
        Column(name="reset_value", title="Reset value", kind=ColumnKind.MONEY, about="What the house guarantees now."),
    ),
    key=("provider", "jackpot", "currency"),
    query=_query,
    filters=frozenset({FilterName.CURRENCY, FilterName.PROVIDER}),
    ties=_ties,
    drill=to("jackpots_jackpot", "jackpot_id"),
)
