"""Celery is told of a new message at once, by a thread of its own: the gateway's answer never waits for Valkey.

What can not be sent is dropped here and nowhere else: the message stands in the database, and the beat's poller finds
it (config/schedule.py, work-gateway-messages).
"""

from __future__ import annotations

from contextlib import suppress
from queue import Full, Queue
from threading import Lock, Thread
from typing import Final

import structlog
from celery import current_app

TASK: Final = "casino.gateways.tasks.work_message"
# No endless attempts of kombu to reach a broker that is gone, and no connection that hangs.
_OPTIONS: Final = {
    "socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 1, "interval_start": 0, "interval_step": 0.1,
}  # fmt: skip
_waiting: Final[Queue[int]] = Queue(maxsize=1_000)
_starting: Final = Lock()
_thread: Thread | None = None
log = structlog.get_logger()


def message_wake(message_id: int) -> None:
    """Have a kept message worked off soon. Returns at once, and never raises."""
    global _thread
    with suppress(Full):
        _waiting.put_nowait(message_id)
    with _starting:
        # A process forked off another has its memory and not its threads.
        if _thread is None or not _thread.is_alive():
            _thread = Thread(target=_send_all, name="gateway-messages", daemon=True)
            _thread.start()


def _send_all() -> None:
    while True:
        message_id = _waiting.get()
        try:
            with current_app.connection_for_write(transport_options=_options()) as broker:
                current_app.send_task(TASK, kwargs={"message_id": message_id}, connection=broker, retry=False)
                while not _waiting.empty():
                    current_app.send_task(TASK, kwargs={"message_id": _waiting.get()}, connection=broker, retry=False)
        except Exception as problem:  # noqa: BLE001 - whatever a broker that is gone raises
            log.warning("gateways:wake:failed", problem=type(problem).__name__)


def _options() -> dict[str, object]:
    return {**(current_app.conf.broker_transport_options or {}), **_OPTIONS}
