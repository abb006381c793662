"""Waiting for a row that somebody else holds, in the words of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError

from common.errors import Refusal


@contextmanager
def refused_when_locked(busy: type[Refusal]) -> Iterator[None]:
    """Around a transaction, also as a decorator: waiting too long for a row (LOCK_TIMEOUT_MS) is the refusal `busy`."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise busy from error
        raise
