"""One reader of the ledger at a time: who reads on, and who rebuilds."""

from __future__ import annotations

from django.db import connection

from reporting.facts.models import Reader


def reader_lock(*, wait: bool) -> Reader | None:
    """How far the ledger has been read, locked till the transaction ends; None where somebody else reads.

    With `wait` it is waited for, however long a rebuild takes.
    """
    Reader.objects.bulk_create([Reader(pk=1)], ignore_conflicts=True)
    if wait:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 0")
        return Reader.objects.select_for_update().get(pk=1)
    return Reader.objects.select_for_update(skip_locked=True).filter(pk=1).first()
