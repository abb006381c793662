"""Each task carries when it was sent, for the age of the queue, and the number of the request that sent it."""

from __future__ import annotations

import time
from typing import Any, Final

from celery.signals import before_task_publish

from compliance.audit.context import facts
from compliance.audit.task import REQUEST_ID

SENT_AT: Final = "sent_at"


def _sent(headers: dict[str, Any] | None = None, **_more: Any) -> None:
    if headers is not None:
        headers[SENT_AT] = f"{time.time():.3f}"
        if number := facts().request_id:
            headers[REQUEST_ID] = number


def pulse_begin() -> None:
    """Called once from the app's ready()."""
    before_task_publish.connect(_sent, weak=False, dispatch_uid="monitoring_sent_at")
