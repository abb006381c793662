"""The money of jackpot pools by day, out of the ledger: shared by the report and its ties."""

from __future__ import annotations

from typing import Final

# A pool belongs to no brand: its days are those of UTC.
START: Final = "(%(first)s::timestamp AT TIME ZONE 'UTC')"
END: Final = "((%(last)s + 1)::timestamp AT TIME ZONE 'UTC')"
POOLS: Final = """
    SELECT a.id AS account_id, a.scope, a.currency, j.id AS jackpot_id, j.name, j.seed, j.enabled,
           v.code AS provider, split_part(a.scope, ':', 2) AS jackpot
    FROM wallet_account a
    JOIN games_provider v ON v.code = split_part(a.scope, ':', 1)
    LEFT JOIN jackpots_jackpot j ON j.provider_id = v.id AND j.code = split_part(a.scope, ':', 2)
    WHERE a.kind = 'jackpot_pool' AND a.player_id IS NULL
"""


def balance_at(moment: str) -> str:
    """Each pool's balance at an instant: its last snapshot of a seal made before, and what was booked since."""
    return f"""
        SELECT o.account_id, coalesce(h.balance, 0) + coalesce(m.amount, 0) AS balance
        FROM pools o
        CROSS JOIN LATERAL (
            SELECT coalesce(max(s.to_order), 0) AS to_order FROM wallet_seal s WHERE s.sealed_at <= {moment}
        ) s
        LEFT JOIN LATERAL (
            SELECT x.balance FROM wallet_housebalance x
            WHERE x.account_id = o.account_id AND x.through_order <= s.to_order ORDER BY x.seal_id DESC LIMIT 1
        ) h ON true
        LEFT JOIN LATERAL (
            SELECT sum(e.amount) AS amount
            FROM wallet_transaction t
            CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
            WHERE t.commit_order >= s.to_order AND t.booked_at < {moment} AND e.account_id = o.account_id
        ) m ON true"""  # noqa: S608 - our own text


# What moved the pools in these days: from the last seal made before on, in the order of commits that an index serves.
MOVED: Final = f"""
    SELECT e.account_id, t.kind, e.amount
    FROM wallet_transaction t
    CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
    WHERE t.commit_order >= (SELECT coalesce(max(s.to_order), 0) FROM wallet_seal s WHERE s.sealed_at <= {START})
      AND t.booked_at >= {START} AND t.booked_at < {END}
      AND e.account_id IN (SELECT o.account_id FROM pools o)
"""  # noqa: S608 - our own text
