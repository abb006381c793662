"""Deposits and withdrawals that have no end yet (R-05), whenever they began."""

from __future__ import annotations

from django.urls import reverse

from casino.cashier.enums import DepositState
from casino.withdrawals.enums import WithdrawalState
from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import WHOSE, WHOSE_SQL, code, moment, text
from reporting.catalogue.types import Column, Query, Question, Report

_DEPOSITS = "('created', 'pending', 'authorised', 'to_refund', 'refunding')"
_WITHDRAWALS = (
    "('requested', 'checked', 'review', 'kyc', 'frozen', 'in_process', 'approved', 'submitted', 'pay_pending')"
)


def _query(question: Question) -> Query:
    asked = Asked(question)
    parts = []
    for kind, table, begun, open_states, choices in (
        ("deposit", "cashier_deposit", "created_at", _DEPOSITS, DepositState.choices),
        ("withdrawal", "withdrawals_withdrawal", "requested_at", _WITHDRAWALS, WithdrawalState.choices),
    ):
        filters = asked.filtered(currency="d.currency", player_id="d.player_id")
        parts.append(
            f"""SELECT '{kind}' AS kind, d.id, d.reference, {WHOSE_SQL}, d.method, d.amount, d.currency,
                       {words(choices, "d.state")} AS state, d.{begun} AS begun_at,
                       round(extract(epoch FROM %(as_of)s::timestamptz - d.{begun}) / 60, 2) AS age
                FROM {table} d
                JOIN players_player p ON p.id = d.player_id JOIN players_brand b ON b.id = p.brand_id
                WHERE d.state IN {open_states} AND d.{begun} <= %(as_of)s AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
        )
    return asked.query(" UNION ALL ".join(parts))


def _drill(row: object) -> str:
    assert isinstance(row, dict)
    page = "cashier_deposit" if row["kind"] == "deposit" else "withdrawals_withdrawal"
    return reverse(f"admin:{page}_change", args=[row["id"]])


REPORT = Report(
    code="pending-payments",
    title="Pending deposits and withdrawals",
    about="Every deposit and withdrawal that has no end now, the oldest first.",
    family=Family.FINANCE,
    ids=("R-05",),
    columns=(
        text("kind", "Kind"), code("id", "No."), code("reference", "Reference"), *WHOSE, code("method", "Method"),
        amount("amount", "Amount"), code("currency", "Currency"), text("state", "State"),
        moment("begun_at", "Begun"), Column(name="age", title="Age", kind=ColumnKind.MINUTES),
    ),
    key=("begun_at", "kind", "id"),
    query=_query,
    filters=OF_PLAYERS,
    drill=_drill,
    as_of_only=True,
)  # fmt: skip
