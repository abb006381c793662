"""Calls that wait for a network stand outside of every database transaction (architecture §4)."""

from __future__ import annotations

from django.db import connection

from common.errors import BrokenPromise


def outside_transactions(callee: str) -> None:
    """Raises BrokenPromise inside a transaction: nothing waits for `callee` while it holds locks.

    The transaction that Django's tests put around a whole test does not count.
    """
    if connection.in_atomic_block and not getattr(connection.atomic_blocks[-1], "_from_testcase", False):
        raise BrokenPromise(f"{callee} is called inside a transaction")
