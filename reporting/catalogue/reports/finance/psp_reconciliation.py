"""Gateways' settlement files against our bookings (backoffice.md §6.2): by day, gateway and currency."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import DAY, amount
from reporting.catalogue.reports.pieces import CURRENCY, code, whole
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    # Settlements are the house's, not a brand's: whoever sees a part of the house sees none of them.
    return asked.query(
        f"""
        WITH ours AS (
            SELECT (m.booked_at AT TIME ZONE 'UTC')::date AS day, m.gateway, m.currency, sum(m.amount) AS amount,
                   count(*) AS rows, count(x.movement_id) AS matched
            FROM settlements_movement m LEFT JOIN settlements_match x ON x.movement_id = m.id
            WHERE m.booked_at >= %(first)s::date AND m.booked_at < %(last)s::date + 1 GROUP BY 1, 2, 3
        ), theirs AS (
            SELECT l.booked_on AS day, l.gateway, l.currency, sum(l.gross) AS amount, sum(l.fee) AS fee,
                   count(*) AS rows, count(x.line_id) AS matched
            FROM settlements_settlementline l LEFT JOIN settlements_match x ON x.line_id = l.id
            WHERE l.booked_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
        ), breaks AS (
            SELECT b.since AS day, b.gateway, b.currency, count(*) AS rows
            FROM settlements_break b
            WHERE b.state IN ('open', 'explained') AND b.since BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
        )
        SELECT day, gateway, currency, coalesce(o.amount, 0) AS ours, coalesce(t.amount, 0) AS theirs,
               coalesce(t.amount, 0) - coalesce(o.amount, 0) AS difference, coalesce(t.fee, 0) AS fee,
               coalesce(o.rows, 0) AS our_rows, coalesce(t.rows, 0) AS their_rows,
               round(100.0 * (coalesce(o.matched, 0) + coalesce(t.matched, 0))
                     / nullif(coalesce(o.rows, 0) + coalesce(t.rows, 0), 0), 4) AS matched,
               coalesce(k.rows, 0) AS open_breaks,
               CASE WHEN k.rows > 0 THEN ((%(as_of)s::timestamptz AT TIME ZONE 'UTC')::date - day) * 1440 END AS age
        FROM ours o FULL JOIN theirs t USING (day, gateway, currency)
        FULL JOIN breaks k USING (day, gateway, currency)
        WHERE {asked.house_only()} AND {asked.filtered(currency="currency")}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="psp-reconciliation",
    title="Gateway reconciliation",
    about="What we booked with each gateway against what its settlement files say, by UTC day.",
    family=Family.FINANCE,
    ids=("R-27",),
    columns=(
        DAY, code("gateway", "Gateway"), CURRENCY, amount("ours", "Ours"), amount("theirs", "Theirs"),
        amount("difference", "Difference"), amount("fee", "Fees kept"), whole("our_rows", "Our rows", summed=True),
        whole("their_rows", "Their rows", summed=True),
        Column(name="matched", title="Matched", kind=ColumnKind.PERCENT),
        whole("open_breaks", "Open breaks", summed=True), Column(name="age", title="Age", kind=ColumnKind.MINUTES),
    ),
    key=("day", "gateway", "currency"),
    query=_query,
    filters=frozenset({FilterName.CURRENCY}),
)  # fmt: skip
