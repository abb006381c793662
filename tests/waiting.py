"""For races: a step that another connection has begun and that stands at a lock, which somebody else holds."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg
from django.db import connection

Owner = psycopg.Connection[Any]
Answer = TypeVar("Answer")


def begun_behind(pool: ThreadPoolExecutor, owner: Owner, step: Callable[[], Answer]) -> Future[Answer]:
    """Start `step` on a connection of its own, and return once it waits for a lock or has ended.

    Only the owner of the tables sees what other connections wait for.
    """

    def on_its_own() -> Answer:
        try:
            return step()
        finally:
            connection.close()

    future = pool.submit(on_its_own)
    ends = time.monotonic() + 1.5  # below lock_timeout
    while time.monotonic() < ends and not future.done():
        row = owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
        owner.rollback()
        if row is not None and row[0]:
            return future
        time.sleep(0.01)
    assert future.done(), "the step neither waited nor ended in time"
    return future
