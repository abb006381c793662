"""Questions to reports, and what they say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from common.scope import EVERYTHING, Scope, ScopePart
from reporting.catalogue import reading
from reporting.catalogue.registry import report_get
from reporting.catalogue.types import Question

DAY = date(2026, 3, 2)
AS_OF = datetime(2026, 3, 10, tzinfo=UTC)


def question(**changes: Any) -> Question:
    """About NOON's day, of the whole house, as of some days later."""
    asked: dict[str, Any] = {"first": DAY, "last": DAY, "as_of": AS_OF, "scope": EVERYTHING} | changes
    return Question(**asked)


def rows(code: str, **changes: Any) -> list[dict[str, Any]]:
    """The report's first page, as dictionaries."""
    return [dict(row) for row in reading.page(report_get(code), question(**changes)).rows]


def picked(found: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Some columns of rows, amounts without trailing zeros."""
    return [tuple(_plain(row[name]) for name in names) for row in found]


def tied(code: str, **changes: Any) -> list[Decimal]:
    """What the ledger says in each line of the report's reconciliation, all of which come out at zero."""
    lines = reading.ties(report_get(code), question(**changes))
    assert [line for line in lines if line.difference] == []
    return [line.ledger for line in lines]


def only(*brands: int) -> Scope:
    """The reach of somebody who works for these brands."""
    return Scope((ScopePart(brands=frozenset(brands)),))


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
