"""Waiting until watchers of the books may read what was just committed."""

from __future__ import annotations

import time
from typing import Final

from django.db import connection

from wallet.selectors.seals import settled_horizon

PATIENCE: Final = 60.0  # seconds


def settled() -> None:
    """Wait until everything committed is behind the horizon, whatever other tests of this server have open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (reach,) = cursor.fetchone() or (0,)
    ends = time.monotonic() + PATIENCE
    while settled_horizon() < reach:
        assert time.monotonic() < ends, "a transaction of this server runs for too long to watch behind it"
        time.sleep(0.02)
