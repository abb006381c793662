"""Every lock of this app that is not a row's: one person's registrations happen one after another."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def identities_lock(digests: Iterable[bytes]) -> None:
    """Hold, until the transaction ends, everybody else off who registers with one of these digests.

    Locked in one order, so that two applications that share several do not wait for each other.
    """
    keys = sorted({int.from_bytes(digest[:8], "big", signed=True) for digest in digests})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
