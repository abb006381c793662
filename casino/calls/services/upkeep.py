"""What the schedule does with the call log: ship what was left behind, make months ahead, drop old ones."""

from __future__ import annotations

from datetime import datetime

from casino.calls.services.connection import log_connection
from casino.calls.services.partitions import calls_purge, partitions_ensure
from casino.calls.services.shipping import Shipment, spool_ship
from casino.calls.spool.files import spool_folder
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


def call_log_ship(*, now: datetime) -> Shipment:
    """Make the partitions of this month and the next ones, and ship every spool file whose writer is gone or done.

    Raises django.db.Error or psycopg.Error when the database can not be reached; nothing is lost then.
    """
    wrapper = log_connection()
    try:
        partitions_ensure(connection=wrapper.connection, now=now)
        return spool_ship(connect=lambda: wrapper.connection, folder=spool_folder())
    finally:
        wrapper.close()


def call_log_purge(*, keep_days: int, actor: str, now: datetime) -> list[tuple[str, int]]:
    """Drop what is older than `keep_days` (30 at least): (table, calls dropped) for each."""
    wrapper = log_connection()
    try:
        dropped = calls_purge(connection=wrapper.connection, keep_days=keep_days)
    finally:
        wrapper.close()
    if dropped:
        audit_record(
            name=EventName.CALL_LOG_PURGED, actor=actor, now=now, subject="calls.log:months",
            after={"keep_days": keep_days, "dropped": dict(dropped)},
        )  # fmt: skip
    return dropped
