"""Celery is told of a new statement at once. Without a broker nothing is lost: the beat finds it (read-statements)."""

from __future__ import annotations

from typing import Final

import structlog
from celery import current_app

TASK: Final = "casino.reconciliation.tasks.read_statement"
_OPTIONS: Final = {
    "socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 1, "interval_start": 0, "interval_step": 0.1,
}  # fmt: skip
log = structlog.get_logger()


def statement_wake(statement_id: int) -> None:
    """Have a statement read soon. Never raises."""
    options = {**(current_app.conf.broker_transport_options or {}), **_OPTIONS}
    try:
        with current_app.connection_for_write(transport_options=options) as broker:
            current_app.send_task(TASK, kwargs={"statement_id": statement_id}, connection=broker, retry=False)
    except Exception as problem:  # noqa: BLE001 - whatever a broker that is gone raises
        log.warning("reconciliation:wake:failed", problem=type(problem).__name__)
