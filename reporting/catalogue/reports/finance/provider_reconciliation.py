"""Provider against wallet (R-26): what a provider told, what stands in our books, and what is unmatched."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import amount
from reporting.catalogue.reports.pieces import CURRENCY, PROVIDER, code, moment, text, whole
from reporting.catalogue.types import Chart, Column, Query, Question, Report

UNMATCHED_SHOWN: Final = 20


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(provider_id="s.provider_id", currency="t.currency")
    return asked.query(
        f"""
        SELECT (s.from_at AT TIME ZONE s.time_zone)::date AS day, p.code AS provider, t.currency, t.kind,
               s.id::text AS statement, t.theirs_count, t.ours_count, t.theirs_amount AS theirs, t.ours_amount AS ours,
               t.theirs_amount - t.ours_amount AS difference,
               CASE WHEN t.theirs_count > 0 THEN round(100.0 * t.matched_count / t.theirs_count, 4) END AS matched,
               coalesce(w.waiting, 0) AS waiting, w.oldest, coalesce(w.ids, '') AS unmatched
        FROM reconciliation_tally t
        JOIN reconciliation_statement s ON s.id = t.statement_id
        JOIN games_provider p ON p.id = s.provider_id
        LEFT JOIN LATERAL (
            SELECT count(*) AS waiting, min(b.since) AS oldest,
                   string_agg(b.transaction_id, ', ' ORDER BY b.id) FILTER (WHERE b.nth <= {UNMATCHED_SHOWN}) AS ids
            FROM (SELECT x.*, row_number() OVER (ORDER BY x.id) AS nth FROM reconciliation_break x
                  WHERE x.statement_id = s.id AND x.currency = t.currency AND x.told_as LIKE t.kind || ':%%'
                    AND x.state IN ('open', 'explained') AND x.opened_at <= %(as_of)s) b
        ) w ON TRUE
        WHERE {asked.house_only()} AND {filters} AND s.finished_at <= %(as_of)s
          AND (s.from_at AT TIME ZONE s.time_zone)::date BETWEEN %(first)s AND %(last)s"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="provider-reconciliation",
    title="Provider reconciliation",
    about="What stands at each provider by its statements, what stands in our books for the same period, and which"
    " transactions are not matched. Days are the provider's own.",
    family=Family.FINANCE,
    ids=("R-26",),
    columns=(
        Column(name="day", title="Day", kind=ColumnKind.DAY, about="Of the provider."),
        PROVIDER,
        CURRENCY,
        code("kind", "Kind", "Bets, wins and jackpot wins that were not rolled back."),
        code("statement", "Statement"),
        whole("theirs_count", "Theirs, number", summed=True),
        whole("ours_count", "Ours, number", summed=True),
        amount("theirs", "Theirs"),
        amount("ours", "Ours"),
        amount("difference", "Theirs less ours"),
        Column(name="matched", title="Matched", kind=ColumnKind.PERCENT),
        whole("waiting", "Breaks waiting", summed=True),
        moment("oldest", "Oldest break"),
        text("unmatched", "Unmatched", f"The first {UNMATCHED_SHOWN} transactions, by the provider's ids."),
    ),
    key=("day", "provider", "currency", "kind", "statement"),
    query=_query,
    filters=frozenset({FilterName.PROVIDER, FilterName.CURRENCY}),
    chart=Chart(kind="line", across="day", measures=("difference",), title="Theirs less ours"),
)
