"""Each task carries when it was sent, so that the age of the oldest waiting one can be read off the queue."""

from __future__ import annotations

import time
from typing import Any, Final

from celery.signals import before_task_publish

SENT_AT: Final = "sent_at"


def _sent(headers: dict[str, Any] | None = None, **_more: Any) -> None:
    if headers is not None:
        headers[SENT_AT] = f"{time.time():.3f}"


def pulse_begin() -> None:
    """Called once from the app's ready()."""
    before_task_publish.connect(_sent, weak=False, dispatch_uid="monitoring_sent_at")
