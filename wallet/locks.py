"""Every lock of the wallet, created, sorted and taken here (style.md §5): the player's real-money account first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection

from wallet.errors import Busy
from wallet.postings import AccountState


@contextmanager
def busy_when_locked() -> Iterator[None]:
    """Around a transaction, also as a decorator: waiting too long for a row (LOCK_TIMEOUT_MS) is the refusal Busy."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise Busy from error
        raise


def accounts_lock(*, account_ids: Iterable[int]) -> dict[int, AccountState]:
    """Lock player accounts, real money first, then by id, and read them; house accounts are read, never locked.

    Must run inside a transaction. Raises KeyError in the caller's hands when an id does not exist.
    """
    ids = sorted(set(account_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM wallet_account WHERE id = ANY(%s) AND balance IS NOT NULL"
            " ORDER BY kind <> 'player_real', id FOR NO KEY UPDATE",
            [ids],
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
