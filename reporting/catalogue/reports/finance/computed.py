"""Reports whose figures come from formulas (data, reporting.definitions): computed first, then told as a SELECT."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.types import Query, Question
from reporting.definitions.selectors.measures import PLAY_SQL

MOST_MONTHS = 24


def told(asked: Asked, rows: Sequence[Mapping[str, object]], columns: str) -> Query:
    """SELECT of rows that are known already; `columns` names and types them, such as "month date, rate numeric"."""
    names = ", ".join(f"c.{one.split()[0]}" for one in columns.split(", "))
    return asked.query(
        f"SELECT {names} FROM jsonb_to_recordset(%(computed)s::jsonb) AS c({columns})",  # noqa: S608 - our own text
        computed=json.dumps(rows, default=str),
    )


def months(question: Question) -> Iterator[tuple[date, date]]:
    """First and last day of every month asked for, the newest 24 at most; the first and the last may be parts."""
    spans, first = [], question.first
    while first <= question.last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        spans.append((first, min(question.last, following - timedelta(days=1))))
        first = following
    yield from spans[-MOST_MONTHS:]


def play_measures(question: Question, first: date, last: date, group: str) -> dict[tuple[str, int], dict[str, Decimal]]:
    """Measures of settled play in the base currency by licence and `group` (a column of facts_game), within reach."""
    asked = Asked(question)
    sums = ", ".join(f"coalesce(sum(({sql}) / r.rate), 0)" for sql in PLAY_SQL.values())
    sql = f"""
        SELECT f.jurisdiction, f.{group}, {sums}
        FROM facts_game f JOIN facts_rate r ON r.day = f.settled_day AND r.currency = f.currency
        WHERE f.settled_day BETWEEN %(from)s AND %(until)s AND {asked.reach("f")}
          AND {asked.filtered(provider_id="f.provider_id")}
        GROUP BY 1, 2"""  # noqa: S608 - our own text
    zero = dict.fromkeys(("R", "FP", "CK", "FO", "PF", "PSP", "T", "AD", "CB", "BG", "CV", "FL"), Decimal(0))
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {**asked.parameters, "from": first, "until": last}
        cursor.execute(sql, parameters)
        return {(row[0], row[1]): zero | dict(zip(PLAY_SQL, row[2:], strict=True)) for row in cursor.fetchall()}
