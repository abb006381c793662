"""Totals against those of another question: the period before, or the same days as first reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from reporting.catalogue.admin.cells import value_text
from reporting.catalogue.admin.form import COMPARISONS
from reporting.catalogue.enums import Basis, Interval, Known
from reporting.catalogue.reading import Total
from reporting.catalogue.types import Column, Question


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure: what is asked for, what it is compared with, and the change of it."""

    title: str
    now: str
    then: str
    change: str


def question_compared(question: Question, how: str) -> Question | None:
    """The other question; None where nothing is to be compared."""
    if how == "previous":
        days = question.last - question.first + timedelta(days=1)
        return replace(
            question, interval=Interval.RANGE, first=question.first - days, last=question.first - timedelta(days=1)
        )
    if how == "first":
        return replace(question, basis=Basis.SETTLED, known=Known.FIRST)
    return None


def as_now(question: Question, how: str) -> Question:
    """What the first side shows: "as first reported" is only told of days of settlement."""
    return replace(question, basis=Basis.SETTLED, known=Known.NOW) if how == "first" else question


def compared(columns: list[Column], now: list[Total], then: list[Total]) -> list[Compared]:
    """Every total of both sides, by currency and column; a currency that one side lacks counts as zero there."""
    found = []
    sides = {one.currency: one for one in now}, {one.currency: one for one in then}
    told_in = list(dict.fromkeys([*sides[0], *sides[1]]))
    if len(told_in) == 2:  # sums of all rows beside those of one currency say nothing more
        told_in = [one for one in told_in if one is not None]
    for currency in told_in:
        for column in columns:
            values = [side[currency].values.get(column.name) if currency in side else None for side in sides]
            if values == [None, None]:
                continue
            a, b = (Decimal(value or 0) for value in values)
            title = f"{column.title}, {currency}" if currency and len(told_in) > 1 else column.title
            change = f"{(a - b) / abs(b) * 100:+,.1f} %" if b else "–"
            word = currency or ""
            found.append(Compared(title, value_text(column, a, word), value_text(column, b, word), change))
    return found


def words(how: str) -> str:
    """What the second side is called."""
    return COMPARISONS.get(how, "")
