"""Every withdrawal that was asked for (backoffice.md §6.2, R-05): who decided, how long it took, how it ended."""

from __future__ import annotations

from casino.withdrawals.enums import WithdrawalState
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import WHOSE, WHOSE_SQL, code, moment, text, to, whole, yes_no
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="w.currency", player_id="w.player_id", state="w.state")
    return asked.query(
        f"""
        SELECT w.requested_at, w.id, w.reference, {WHOSE_SQL}, w.method, w.amount, w.currency,
               coalesce(y.paid, 0) AS paid, coalesce(y.fee, 0) AS fee,
               {words(WithdrawalState.choices, "w.state")} AS state, w.reason, w.risk_score, w.auto_approved,
               coalesce(s.approvers, '') AS approvers, w.approved_at,
               round(extract(epoch FROM w.approved_at - w.requested_at) / 60, 2) AS to_approval, w.ended_at,
               round(extract(epoch FROM w.ended_at - w.requested_at) / 60, 2) AS to_end
        FROM withdrawals_withdrawal w
        JOIN players_player p ON p.id = w.player_id JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN LATERAL (
            SELECT sum(o.held) FILTER (WHERE o.state = 'confirmed') AS paid,
                   sum(o.fee) FILTER (WHERE o.state = 'confirmed' AND o.currency = w.currency) AS fee
            FROM withdrawals_payout o WHERE o.withdrawal_id = w.id
        ) y ON true
        LEFT JOIN LATERAL (
            SELECT string_agg(t.actor, ', ' ORDER BY t.at, t.id) AS approvers
            FROM withdrawals_withdrawalstep t WHERE t.withdrawal_id = w.id AND t.after = 'approved'
        ) s ON true
        WHERE {asked.days("w.requested_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="withdrawals",
    title="Withdrawals",
    about="Every withdrawal asked for on these days: who approved it, how long each step took, how it ended.",
    family=Family.FINANCE,
    ids=("R-05",),
    columns=(
        moment("requested_at", "Requested"), code("id", "No."), code("reference", "Reference"), *WHOSE,
        code("method", "Method"), amount("amount", "Amount"), code("currency", "Currency"), amount("paid", "Paid"),
        amount("fee", "Fee"), text("state", "State"), text("reason", "Reason"), whole("risk_score", "Risk"),
        yes_no("auto_approved", "By rule"), text("approvers", "Approved by"), moment("approved_at", "Approved"),
        Column(name="to_approval", title="To approval", kind=ColumnKind.MINUTES), moment("ended_at", "Ended"),
        Column(name="to_end", title="To the end", kind=ColumnKind.MINUTES),
    ),
    key=("requested_at", "id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(WithdrawalState.choices),
    drill=to("withdrawals_withdrawal", "id"),
)  # fmt: skip
