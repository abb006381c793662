"""Every lock of the wallet, created, sorted and taken here (style.md §5): the player's real-money account first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from django.db import connection

from common.database.row_locks import refused_when_locked
from wallet.errors import Busy
from wallet.postings import AccountState

busy_when_locked: Final = partial(refused_when_locked, Busy)


def accounts_lock(*, account_ids: Iterable[int]) -> dict[int, AccountState]:
    """Lock player accounts, real money first, then by id, and read them; house accounts are read, never locked.

    The real-money account of each player and currency is locked even where only another account moves: a bet locks it
    alone and reads the others under it. Must run inside a transaction. Raises KeyError in the caller's hands when an
    id does not exist.
    """
    ids = sorted(set(account_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id FROM wallet_account a JOIN wallet_account r ON r.player_id = a.player_id"
            " AND r.currency = a.currency AND r.kind = 'player_real' WHERE a.id = ANY(%s)",
            [ids],
        )
        cursor.execute(
            "SELECT id FROM wallet_account WHERE id = ANY(%s) AND balance IS NOT NULL"
            " ORDER BY kind <> 'player_real', id FOR NO KEY UPDATE",
            [[*ids, *(row[0] for row in cursor.fetchall())]],
        )
        # A second statement, so that what was committed while the first one waited is seen.
        cursor.execute("SELECT id, currency, balance, version FROM wallet_account WHERE id = ANY(%s)", [ids])
        return {row[0]: AccountState(*row) for row in cursor.fetchall()}


def wallet_lock(*, player_id: int, currency: str) -> None:
    """Lock the player's wallet: the row that serialises every movement and every decision about them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM wallet_account WHERE player_id = %s AND currency = %s AND kind = 'player_real'"
            " FOR NO KEY UPDATE",
            [player_id, currency],
        )
