"""One at a time: what is read from the ledger, and what is loaded and matched of a gateway."""

from __future__ import annotations

from django.db import connection

from casino.settlements.models import GatheredTo


def gathering_lock() -> GatheredTo:
    """How far the ledger has been read, locked till the transaction ends."""
    GatheredTo.objects.get_or_create(pk=1)
    return GatheredTo.objects.select_for_update().get(pk=1)


def gateway_lock(gateway: str) -> None:
    """The settlements of a gateway, till the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20261120))", [f"settlements:{gateway}"])
