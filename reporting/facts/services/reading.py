"""Reading the ledger on: what was committed becomes facts, once, in the transaction that moves the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from reporting.facts.errors import FactsBehindLedger
from reporting.facts.locks import reader_lock
from reporting.facts.models import Reader
from reporting.facts.services.money import money_add
from reporting.facts.services.play import play_add, play_settle
from reporting.facts.services.rates import rates_fix
from reporting.facts.types import Touched
from wallet.selectors.seals import boundary_after

ROWS: Final = 50_000
_KINDS: Final = ("answer", "transaction")
_REACH: Final = """
    SELECT commit_order_horizon(),
           commit_order_horizon() + pg_snapshot_xmax(s)::text::bigint - pg_snapshot_xmin(s)::text::bigint
    FROM pg_current_snapshot() s
"""
_SPANS: Final = """
    INSERT INTO facts_span (posted_day, low, high)
    SELECT day, min(low), max(high)
    FROM unnest(%s::date[], %s::bigint[], %s::bigint[]) AS t(day, low, high) GROUP BY day
    ON CONFLICT (posted_day) DO UPDATE
        SET low = least(facts_span.low, excluded.low), high = greatest(facts_span.high, excluded.high)
"""


@transaction.atomic
def facts_read(*, now: datetime, limit: int = ROWS) -> int | None:
    """Read at most `limit` rows on; returns how many calls and movements came, None when all is read or another reads.

    Cursor and facts stand in one transaction: killed, it is as if it had not begun; run twice, the second waits for
    nothing and does nothing. Raises FactsBehindLedger after a dump was restored into another cluster.
    """
    reader = reader_lock(wait=False)
    if reader is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute(_REACH)
        horizon, unreached = cursor.fetchone() or (0, 0)
    if reader.commit_order > horizon:
        raise FactsBehindLedger
    high = boundary_after(reader.commit_order, horizon, _KINDS, limit=limit)
    came = 0
    touched: list[Touched] = []
    if high is not None:
        window: dict[str, Any] = {"low": reader.commit_order, "high": high, "first": None, "last": None, "brand": None}
        calls, days = play_add(window)
        moved, more = money_add(window)
        came, touched = calls + moved, days + more
        spans_widen(touched)
    touched += play_settle()
    rates_fix(touched, now=now)
    _advance(reader, to=horizon if high is None else high, horizon=horizon, unreached=unreached, now=now)
    return came if high is not None and high < horizon else None


def spans_widen(touched: Iterable[Touched]) -> None:
    """Remember which commit orders were posted on which day."""
    rows = [(one.day, one.low, one.high) for one in touched if one.low is not None]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_SPANS, [list(column) for column in zip(*rows, strict=True)])


def _advance(reader: Reader, *, to: int, horizon: int, unreached: int, now: datetime) -> None:
    """Move the cursor. The facts are known until a moment once all numbers given out before it are passed."""
    reader.commit_order = to
    if to >= reader.mark_order and to == horizon:
        reader.known_until = reader.mark_at
        reader.mark_order, reader.mark_at = unreached, now
    reader.save(update_fields=["commit_order", "known_until", "mark_order", "mark_at"])
