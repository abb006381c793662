"""A connection of the shipper's own: no thread of Django ever sees it, and it is closed by whom it was opened."""

from __future__ import annotations

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def log_connection() -> BaseDatabaseWrapper:
    """An open connection in autocommit mode, under the application's role (common/database/backend).

    Its `.connection` is psycopg's. Whoever asked for it calls `close()`; a forked child only forgets it.
    """
    wrapper = connections.create_connection("default")
    wrapper.connect()
    return wrapper
