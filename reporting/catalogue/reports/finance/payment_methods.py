"""How well each way of paying works (KPI-21): attempts, approvals, amounts, fees, chargebacks, time."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import DAY, PLACES, amount
from reporting.catalogue.reports.pieces import BRAND, CURRENCY, code, whole
from reporting.catalogue.types import Chart, Column, Query, Question, Report

_APPROVED = "d.credited_at IS NOT NULL"
_TOOK = "extract(epoch FROM d.credited_at - d.created_at) / 60"


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(
        f"""
        SELECT facts_business_day(d.created_at, p.brand_id) AS day, b.code AS brand, d.method, d.gateway, p.country,
               d.currency, count(*) AS attempts, count(*) FILTER (WHERE {_APPROVED}) AS approved,
               round(100.0 * count(*) FILTER (WHERE {_APPROVED}) / count(*), 4) AS rate,
               coalesce(sum(d.amount) FILTER (WHERE {_APPROVED}), 0) AS amount,
               round(avg(d.amount) FILTER (WHERE {_APPROVED}), 18) AS average,
               coalesce(sum(d.fee) FILTER (WHERE {_APPROVED}), 0) AS fees,
               coalesce(sum(c.count), 0) AS chargebacks, coalesce(sum(c.amount), 0) AS charged_back,
               round((percentile_cont(0.5) WITHIN GROUP (ORDER BY {_TOOK}))::numeric, 2) AS p50,
               round((percentile_cont(0.95) WITHIN GROUP (ORDER BY {_TOOK}))::numeric, 2) AS p95
        FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN LATERAL (
            SELECT count(*) AS count, sum(x.amount) AS amount FROM cashier_chargeback x
            WHERE x.deposit_id = d.id AND x.state = 'booked'
        ) c ON true
        WHERE {asked.days("d.created_at", "p.brand_id")} AND {asked.reach("p")}
          AND {asked.filtered(currency="d.currency")}
        GROUP BY 1, 2, 3, 4, 5, 6"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="payment-methods",
    title="Payment method performance",
    about="How many deposits of each method and gateway were approved, for how much, how fast, and charged back.",
    family=Family.FINANCE,
    ids=("KPI-21",),
    columns=(
        DAY, BRAND, code("method", "Method"), code("gateway", "Gateway"), code("country", "Country"), CURRENCY,
        whole("attempts", "Attempts", summed=True), whole("approved", "Approved", summed=True),
        Column(name="rate", title="Acceptance", kind=ColumnKind.PERCENT, definition="KPI-21"),
        amount("amount", "Amount", "Of the approved ones."), amount("average", "Average", summed=False),
        amount("fees", "Fees charged"), whole("chargebacks", "Chargebacks", summed=True),
        amount("charged_back", "Charged back"), Column(name="p50", title="Half within", kind=ColumnKind.MINUTES),
        Column(name="p95", title="95 % within", kind=ColumnKind.MINUTES),
    ),
    key=("day", "brand", "method", "gateway", "country", "currency"),
    query=_query,
    filters=PLACES,
    chart=Chart(kind="bar", across="method", measures=("attempts", "approved"), title="Deposits by method"),
)  # fmt: skip
