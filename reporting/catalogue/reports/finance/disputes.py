"""Chargebacks and refunds of deposits (backoffice.md §6.2)."""

from __future__ import annotations

from django.urls import reverse

from casino.cashier.enums import ChargebackState, RefundState
from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import WHOSE, WHOSE_SQL, code, moment, text
from reporting.catalogue.types import Column, Query, Question, Report

_CHARGEBACK = (
    "cashier_chargeback", "opened_at", ChargebackState.choices, "trim(x.code || ' ' || x.text)",
    "x.gateway_reference", "x.evidence_due",
)  # fmt: skip
_REFUND = ("cashier_refund", "created_at", RefundState.choices, "x.reason", "x.reference", "NULL::date")


def _query(question: Question) -> Query:
    asked = Asked(question)
    parts = []
    for kind, (table, begun, choices, reason, reference, due) in (("chargeback", _CHARGEBACK), ("refund", _REFUND)):
        filters = asked.filtered(currency="x.currency", player_id="d.player_id")
        parts.append(
            f"""SELECT x.{begun} AS begun_at, '{kind}' AS kind, x.id, {reference} AS reference, {WHOSE_SQL},
                       d.reference AS deposit, d.method, d.gateway, x.amount, x.currency, {reason} AS reason,
                       {words(choices, "x.state")} AS state, {due} AS due
                FROM {table} x JOIN cashier_deposit d ON d.id = x.deposit_id
                JOIN players_player p ON p.id = d.player_id JOIN players_brand b ON b.id = p.brand_id
                WHERE {asked.days(f"x.{begun}", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
        )
    return asked.query(" UNION ALL ".join(parts))


def _drill(row: object) -> str:
    assert isinstance(row, dict)
    return reverse(f"admin:cashier_{row['kind']}_change", args=[row["id"]])


REPORT = Report(
    code="chargebacks-refunds",
    title="Chargebacks and refunds",
    about="Deposits whose money a bank took back, or that went back to the player, with reason and state.",
    family=Family.FINANCE,
    ids=("KPI-21",),
    columns=(
        moment("begun_at", "Begun"), text("kind", "Kind"), code("id", "No."), code("reference", "Reference"), *WHOSE,
        code("deposit", "Deposit"), code("method", "Method"), code("gateway", "Gateway"), amount("amount", "Amount"),
        code("currency", "Currency"), text("reason", "Reason"), text("state", "State"),
        Column(name="due", title="Evidence due", kind=ColumnKind.DAY),
    ),
    key=("begun_at", "kind", "id"),
    query=_query,
    filters=OF_PLAYERS,
    drill=_drill,
)  # fmt: skip
