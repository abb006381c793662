"""What the operator owes players, and what there is to cover it (R-17, G-76, KPI-19), as of a moment."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import amount
from reporting.catalogue.reports.pieces import CURRENCY
from reporting.catalogue.types import Column, Query, Question, Report

_KINDS = "('jackpot_pool', 'bank', 'payment_clearing')"
_BOOKED = f"""wallet_transaction t
            CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
            JOIN wallet_account a ON a.id = e.account_id AND a.player_id IS NULL AND a.kind IN {_KINDS}"""  # noqa: S608 - our own text


def _query(question: Question) -> Query:
    asked = Asked(question)
    # Balances as of the moment: what stands, less what was booked after it. The house's own accounts belong to no
    # brand: whoever sees a part of the house sees its players' side alone.
    return asked.query(
        f"""
        WITH players AS (
            SELECT a.currency, a.kind::text AS kind, sum(a.balance) AS total
            FROM wallet_account a JOIN players_player p ON p.id = a.player_id
            WHERE {asked.reach("p")} GROUP BY 1, 2
            UNION ALL
            SELECT e.currency, a.kind::text, -sum(e.amount)
            FROM wallet_transaction t JOIN wallet_entry e ON e.transaction_id = t.id
            JOIN wallet_account a ON a.id = e.account_id JOIN players_player p ON p.id = a.player_id
            WHERE t.commit_order >= (SELECT min(s.low) FROM facts_span s WHERE s.posted_day >= %(as_of)s::date - 2)
              AND t.booked_at > %(as_of)s AND {asked.reach("p")} GROUP BY 1, 2
        ), open_rounds AS (
            SELECT f.currency, sum(f.stake_real + f.stake_bonus - f.void_real - f.void_bonus - f.win_real - f.win_bonus
                                   + f.unwin_real + f.unwin_bonus) AS total
            FROM facts_game f
            WHERE f.posted_day <= %(last)s AND (f.settled_day IS NULL OR f.settled_day > %(last)s)
              AND {asked.reach("f")} GROUP BY 1
        ), house AS (
            SELECT a.currency, a.kind::text AS kind, (
                       SELECT h.balance FROM wallet_housebalance h WHERE h.account_id = a.id
                       ORDER BY h.seal_id DESC LIMIT 1) AS total
            FROM wallet_account a WHERE a.player_id IS NULL AND a.kind IN {_KINDS} AND {asked.house_only()}
            UNION ALL
            SELECT a.currency, a.kind::text, e.amount FROM {_BOOKED}
            WHERE t.commit_order >= (SELECT coalesce(max(s.to_order), 0) FROM wallet_seal s) AND {asked.house_only()}
            UNION ALL
            SELECT a.currency, a.kind::text, -e.amount FROM {_BOOKED}
            WHERE t.commit_order >= (SELECT min(s.low) FROM facts_span s WHERE s.posted_day >= %(as_of)s::date - 2)
              AND t.booked_at > %(as_of)s AND {asked.house_only()}
        ), sums AS (
            SELECT c.currency, coalesce(p.cash, 0) AS cash, coalesce(p.held, 0) AS held, coalesce(p.bonus, 0) AS bonus,
                   coalesce(r.total, 0) AS in_rounds, coalesce(h.pools, 0) AS pools, -coalesce(h.bank, 0) AS bank,
                   -coalesce(h.clearing, 0) AS clearing
            FROM (SELECT currency FROM players UNION SELECT currency FROM house) c
            LEFT JOIN (
                SELECT currency, sum(total) FILTER (WHERE kind = 'player_real') AS cash,
                       sum(total) FILTER (WHERE kind = 'player_hold') AS held,
                       sum(total) FILTER (WHERE kind = 'player_bonus') AS bonus FROM players GROUP BY 1
            ) p ON p.currency = c.currency
            LEFT JOIN open_rounds r ON r.currency = c.currency
            LEFT JOIN (
                SELECT currency, sum(total) FILTER (WHERE kind = 'jackpot_pool') AS pools,
                       sum(total) FILTER (WHERE kind = 'bank') AS bank,
                       sum(total) FILTER (WHERE kind = 'payment_clearing') AS clearing FROM house GROUP BY 1
            ) h ON h.currency = c.currency
        )
        SELECT s.currency, s.cash, s.held, s.in_rounds, s.pools, s.cash + s.held + s.in_rounds + s.pools AS liability,
               s.bonus, s.bank, s.clearing, s.bank + s.clearing AS funds,
               s.bank + s.clearing - (s.cash + s.held + s.in_rounds + s.pools) AS surplus,
               round(100 * (s.bank + s.clearing) / nullif(s.cash + s.held + s.in_rounds + s.pools, 0), 4) AS coverage
        FROM sums s"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="operator-liability",
    title="Operator liability and funds",
    about="What is owed to players in cash, holds, open rounds and jackpots, against the ledger's bank and clearing.",
    family=Family.FINANCE,
    ids=("R-17", "G-76", "KPI-19"),
    columns=(
        CURRENCY,
        amount("cash", "Players' cash"),
        amount("held", "Held for withdrawals", "And with providers that keep a wallet of their own."),
        amount("in_rounds", "In open rounds"),
        amount("pools", "Jackpot pools"),
        amount("liability", "Liability"),
        amount("bonus", "Bonus, not cashable", "Not part of the liability."),
        amount("bank", "Bank", "As the ledger has it from settlement files; no bank statement is read."),
        amount("clearing", "With gateways"),
        amount("funds", "Funds"),
        amount("surplus", "Funds less liability"),
        Column(name="coverage", title="Coverage", kind=ColumnKind.PERCENT, definition="KPI-19"),
    ),
    key=("currency",),
    query=_query,
    filters=frozenset(),
    as_of_only=True,
)  # fmt: skip
