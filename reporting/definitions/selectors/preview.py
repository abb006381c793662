"""What a proposed row would have made of last month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from common.money import decimal_text
from reporting.definitions.errors import MeasureMissing
from reporting.definitions.selectors.definitions import definitions_at, duty_rate, figure_by
from reporting.definitions.selectors.measures import measures_between
from reporting.definitions.types import Definition

UNKNOWN = "not to be told from facts alone"


def last_month(today: date) -> tuple[date, date]:
    """First and last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def previewed(payload: Mapping[str, Any], first: date, last: date) -> list[tuple[str, str, str]]:
    """Lines of title, before and after, in the base currency; nothing for fees, which need a provider's own basis."""
    known = definitions_at(last)
    month = f"{first:%B %Y}"
    if payload["table"] == "definitions_definitionrow":
        measures = measures_between(first, last)
        code = str(payload["code"])
        proposed = Definition(code, 0, str(payload["title"]), str(payload["formula"]), "", last)
        after = known | {code: proposed}
        return [(f"{proposed.title}, {month}", _said(known, code, measures), _said(after, code, measures))]
    if payload["table"] == "definitions_dutyrow":
        measures = measures_between(first, last, jurisdiction=str(payload["jurisdiction"]))
        duty = duty_rate(str(payload["jurisdiction"]), last, str(payload["tax"]))
        before = _taxed(known, duty.base, duty.rate, measures) if duty else "none"
        due = _taxed(known, str(payload["base"]), Decimal(payload["rate"]), measures)
        return [(f"{payload['title']} on {month}", before, due)]
    return [("Provider fees", "as agreed before", "from its day on, for whole months")]


def _said(known: Mapping[str, Definition], code: str, measures: Mapping[str, Decimal]) -> str:
    if code not in known:
        return "not defined"
    try:
        value = figure_by(known, code, measures)
    except MeasureMissing:
        return UNKNOWN
    return "none" if value is None else decimal_text(round(value, 8))


def _taxed(known: Mapping[str, Definition], base: str, rate: Decimal, measures: Mapping[str, Decimal]) -> str:
    try:
        value = figure_by(known, base, measures)
    except MeasureMissing:
        return UNKNOWN
    return f"{decimal_text(round(max(value or Decimal(0), Decimal(0)) * rate, 8))} {settings.BASE_CURRENCY}"
