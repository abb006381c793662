"""Accounts as the back office reads them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from wallet.enums import AccountKind
from wallet.models import Account, Entry

NEWEST_PER_ACCOUNT: Final = 2_000

# The reading of wallet/selectors/house_balances.py for several accounts at once: one pass over what is unsealed.
_BALANCES: Final = """
    WITH head AS MATERIALIZED (SELECT coalesce(max(to_order), 0) AS to_order FROM wallet_seal),
    snapshots AS (
        SELECT DISTINCT ON (h.account_id) h.account_id, h.balance FROM wallet_housebalance h
        WHERE h.account_id = ANY(%(accounts)s) ORDER BY h.account_id, h.seal_id DESC
    ),
    later AS (
        SELECT e.account_id, sum(e.amount) AS balance
        FROM wallet_transaction t JOIN wallet_entry e ON e.transaction_id = t.id
        WHERE t.commit_order >= (SELECT to_order FROM head) AND e.account_id = ANY(%(accounts)s) GROUP BY 1
    )
    SELECT a.id, coalesce(s.balance, 0) + coalesce(l.balance, 0)
    FROM unnest(%(accounts)s) AS a (id)
    LEFT JOIN snapshots s ON s.account_id = a.id LEFT JOIN later l ON l.account_id = a.id
"""


def accounts_of_player(player_id: int) -> QuerySet[Account]:
    """The accounts of one player, by kind and currency."""
    return Account.objects.filter(player_id=player_id).order_by("kind", "currency", "scope")


def newest_transactions_of_player(player_id: int) -> list[UUID]:
    """Ids of the newest transactions that touched a player: up to 2,000 of each account, read by version.

    The ledger keeps no index of transactions by player, since it would cost every bet (ADR 0003).
    """
    found: set[UUID] = set()
    for account in accounts_of_player(player_id):
        lines = Entry.objects.filter(account=account, account_version__isnull=False).order_by("-account_version")
        found.update(lines.values_list("transaction_id", flat=True)[:NEWEST_PER_ACCOUNT])
    return sorted(found)


def house_account_ids(*, kind: AccountKind, scopes: Collection[str]) -> dict[tuple[str, str], int]:
    """House accounts of one kind by (scope, currency); those never used are missing."""
    rows = Account.objects.filter(kind=kind, scope__in=scopes, player__isnull=True)
    return {(scope, currency): key for scope, currency, key in rows.values_list("scope", "currency", "pk")}


def house_balances(account_ids: Sequence[int]) -> dict[int, Decimal]:
    """Sums of several house accounts, each in its own currency."""
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, {"accounts": list(account_ids)})
        return dict(cursor.fetchall())
