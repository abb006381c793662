"""Payments of withdrawals that failed or came back (R-06)."""

from __future__ import annotations

from casino.withdrawals.enums import PayoutState
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import WHOSE, WHOSE_SQL, code, moment, text, to, whole
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="o.currency", player_id="o.player_id", state="o.state")
    return asked.query(
        f"""
        SELECT coalesce(o.ended_at, o.created_at) AS ended_at, o.id, o.reference, {WHOSE_SQL}, o.method, o.gateway,
               o.attempt, o.amount, o.currency, {words(PayoutState.choices, "o.state")} AS state, o.code, o.text,
               o.created_at, o.sent_at
        FROM withdrawals_payout o
        JOIN players_player p ON p.id = o.player_id JOIN players_brand b ON b.id = p.brand_id
        WHERE o.state IN ('failed', 'returned') AND {asked.days("coalesce(o.ended_at, o.created_at)", "p.brand_id")}
          AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="failed-payouts",
    title="Failed and returned payouts",
    about="Payments to players that a gateway refused, or that came back after they were made.",
    family=Family.FINANCE,
    ids=("R-06",),
    columns=(
        moment("ended_at", "Ended"), code("id", "No."), code("reference", "Reference"), *WHOSE,
        code("method", "Method"), code("gateway", "Gateway"), whole("attempt", "Attempt"), amount("amount", "Amount"),
        code("currency", "Currency"), text("state", "State"), code("code", "Gateway's code"),
        text("text", "Gateway's words"), moment("created_at", "Planned"), moment("sent_at", "Sent"),
    ),
    key=("ended_at", "id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states={"failed": PayoutState.FAILED.label, "returned": PayoutState.RETURNED.label},
    drill=to("withdrawals_payout", "id"),
)  # fmt: skip
