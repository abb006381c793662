"""Figures that a report of the catalogue makes: its own SELECT, so that they are the same to the cent."""

from __future__ import annotations

from typing import Any

from reporting.catalogue.registry import report_get
from reporting.catalogue.types import Question
from reporting.dashboards.selectors.rows import rows_of


def report_rows(code: str, question: Question, *, by: str, most: int) -> list[dict[str, Any]]:
    """The `most` rows of a report with the largest `by` (a column's name of our own text)."""
    query = report_get(code).query(question)
    sql = f'SELECT * FROM ({query.sql}) q ORDER BY q."{by}" DESC NULLS LAST LIMIT {int(most)}'  # noqa: S608 - ours
    return rows_of(sql, query.parameters)
