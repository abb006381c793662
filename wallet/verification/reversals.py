"""The promise about reversals: a rollback gives every house account back what its original took, and the player too.

The player's part is compared as a whole: what a balance can not cover becomes a receivable, and money that comes
back repays one first (ledger.md §2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope

_UNRELATED: Final = """
    SELECT r.id, r.original_id, o.kind, r.player_id IS NOT DISTINCT FROM o.player_id,
           r.provider_id IS NOT DISTINCT FROM o.provider_id, r.fx_rate_id IS NOT DISTINCT FROM o.fx_rate_id
    FROM wallet_transaction r LEFT JOIN wallet_transaction o ON o.id = r.original_id
    WHERE r.commit_order >= %(low)s AND r.commit_order < %(high)s AND r.kind = 'rollback'
      AND (o.id IS NULL OR o.kind = 'rollback' OR r.player_id IS DISTINCT FROM o.player_id
           OR r.provider_id IS DISTINCT FROM o.provider_id OR r.fx_rate_id IS DISTINCT FROM o.fx_rate_id)
"""
_UNEVEN: Final = """
    SELECT r.id, r.original_id, coalesce('player ' || a.player_id, 'house account ' || a.id), e.currency,
           trim_scale(-coalesce(sum(e.amount) FILTER (WHERE side.id = r.original_id), 0)),
           trim_scale(coalesce(sum(e.amount) FILTER (WHERE side.id = r.id), 0))
    FROM wallet_transaction r
    CROSS JOIN LATERAL (VALUES (r.id), (r.original_id)) side (id)
    CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = side.id OFFSET 0) e
    JOIN wallet_account a ON a.id = e.account_id
    WHERE r.commit_order >= %(low)s AND r.commit_order < %(high)s AND r.kind = 'rollback'
    GROUP BY r.id, r.original_id, 3, e.currency HAVING sum(e.amount) <> 0
"""


def _mirror(scope: Scope) -> Iterator[Breach]:
    for window in scope.orders:
        for row in scope.rows(_UNRELATED, window):
            yield _unrelated(*row)
        for rollback, original, who, currency, due, found in scope.rows(_UNEVEN, window):
            yield Breach(
                f"rollback {rollback} of {original}",
                f"{due} {currency} for {who}, the original's reversed",
                f"{found} {currency}",
            )
        counted = (
            "SELECT count(*) FROM wallet_transaction"
            " WHERE commit_order >= %(low)s AND commit_order < %(high)s AND kind = 'rollback'"
        )
        scope.checked(scope.count(counted, window))


def _unrelated(
    rollback: object, original: object, kind: str | None, same_player: object, same_provider: object, same_rate: object
) -> Breach:
    where = f"rollback {rollback}"
    if kind is None:
        return Breach(where, "an original", f"no transaction {original}" if original else "none named")
    if kind == "rollback":
        return Breach(where, "an original that is no rollback itself", f"rollback {original}")
    if not (same_player and same_provider):
        return Breach(where, f"the player and provider of its original {original}", "others")
    return Breach(where, f"the rate of its original {original}", "the same rate" if same_rate else "another rate")


PROMISES: Final = (Promise("reversals_mirror_originals", "Every rollback mirrors its original", _mirror),)
