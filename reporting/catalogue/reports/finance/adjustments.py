"""What staff booked on players' accounts (R-04, G-84): who proposed, who approved, why."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="m.currency", player_id="p.id")
    # The orders in which rows of these days were committed: the ledger's index on them serves, as it would no time.
    return asked.query(
        f"""
        SELECT t.booked_at, t.id, t.kind, {WHOSE_SQL}, m.currency, m.amount, coalesce(a.reason_code, '') AS reason_code,
               coalesce(a.reason, t.reference) AS reason, coalesce(k.username, t.actor) AS maker,
               coalesce(c.approvers, '') AS approvers, coalesce(a.ticket, '') AS ticket,
               CASE WHEN a.id IS NULL THEN '' ELSE a.id::text END AS approval
        FROM wallet_transaction t
        JOIN players_player p ON p.id = t.player_id JOIN players_brand b ON b.id = p.brand_id
        JOIN LATERAL (
            SELECT e.currency, sum(e.amount) AS amount FROM wallet_entry e JOIN wallet_account w ON w.id = e.account_id
            WHERE e.transaction_id = t.id AND w.player_id IS NOT NULL GROUP BY 1
        ) m ON true
        LEFT JOIN approvals_approval a ON a.result = 'wallet.transaction:' || t.id
        LEFT JOIN staff_staffuser k ON k.id = a.maker_id
        LEFT JOIN LATERAL (
            SELECT string_agg(u.username, ', ' ORDER BY x.id) AS approvers FROM approvals_approvaldecision x
            JOIN staff_staffuser u ON u.id = x.staff_id WHERE x.approval_id = a.id AND x.verdict = 'approve'
        ) c ON true
        WHERE t.commit_order >= (
                SELECT min(s.low) FROM facts_span s WHERE s.posted_day BETWEEN %(first)s AND %(last)s)
          AND t.commit_order <= (
                SELECT max(s.high) FROM facts_span s WHERE s.posted_day BETWEEN %(first)s AND %(last)s)
          AND t.kind IN ('adjustment', 'rollback') AND t.provider_id IS NULL
          AND {asked.days("t.booked_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="adjustments",
    title="Account adjustments",
    about="Every credit, debit and reversal that staff booked on players' accounts, with maker and approver.",
    family=Family.FINANCE,
    ids=("R-04", "G-84"),
    columns=(
        moment("booked_at", "Booked"), code("id", "Transaction"), text("kind", "Kind"), *WHOSE,
        code("currency", "Currency"), amount("amount", "Amount"), code("reason_code", "Reason"),
        text("reason", "In words"), code("maker", "Maker"), text("approvers", "Approved by"), code("ticket", "Ticket"),
        code("approval", "Approval"),
    ),
    key=("booked_at", "id", "currency"),
    query=_query,
    filters=OF_PLAYERS,
    drill=to("wallet_transaction", "id"),
)  # fmt: skip
