"""A report's cursor for those outside: sealed, since the key of a row may name a person."""

from __future__ import annotations

from common.errors import BrokenPromise
from common.field_secrets import secret_close, secret_open
from reporting.api.refusals import CursorNotUnderstood


def cursor_close(text: str) -> str:
    """For an address."""
    return secret_close(text).decode()


def cursor_open(text: str) -> str:
    """The way back; "" is the beginning. Raises CursorNotUnderstood."""
    try:
        return secret_open(text.encode()) if text else ""
    except (BrokenPromise, UnicodeEncodeError):
        raise CursorNotUnderstood from None
