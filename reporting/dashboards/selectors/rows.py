"""Running a SELECT of ours, with the conditions that reports use: the same rows, the same reach, the same days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import connection

from reporting.catalogue.reports.asked import Asked

ZERO: Final = Decimal(0)


def rows_of(sql: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a SELECT by names of columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(parameters))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def in_base(asked: Asked, row: str, day: str) -> tuple[str, str]:
    """What each amount is divided by, and the join that this needs: the base currency at the rate of the day."""
    asked.parameters["base"] = settings.BASE_CURRENCY
    each = f"CASE WHEN {row}.currency = %(base)s THEN 1 ELSE x.rate END"
    return each, f"LEFT JOIN facts_rate x ON x.day = {day} AND x.currency = {row}.currency"


def by_day(rows: list[dict[str, Any]], name: str) -> dict[date, Decimal]:
    """One measure by day, added up over whatever else the rows tell apart."""
    found: dict[date, Decimal] = {}
    for row in rows:
        found[row["day"]] = found.get(row["day"], ZERO) + (row[name] or ZERO)
    return found


def summed(rows: list[dict[str, Any]], name: str) -> Decimal:
    """One measure over all rows."""
    return sum((row[name] or ZERO for row in rows), ZERO)
