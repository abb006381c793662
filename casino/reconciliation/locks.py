"""One statement of a provider is matched at a time; a break is decided by one at a time."""

from __future__ import annotations

from django.db import connection

from casino.reconciliation.enums import StatementState
from casino.reconciliation.models import Break, Statement


def provider_lock(provider_id: int) -> None:
    """The statements of a provider, till the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20261121))", [f"statements:{provider_id}"])


def statement_lock(statement_id: int) -> Statement | None:
    """A statement that waits to be read; None when somebody reads it, or has."""
    waiting = Statement.objects.select_for_update(skip_locked=True, no_key=True).select_related(None)
    return waiting.filter(pk=statement_id, state=StatementState.RECEIVED).first()


def break_lock(break_id: int) -> Break:
    """A break, locked till the transaction ends."""
    return Break.objects.select_for_update(no_key=True).get(pk=break_id)
