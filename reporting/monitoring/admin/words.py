"""How alerts look: their colours, and the page that shows what an alert means."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from common.money import decimal_text
from reporting.monitoring.enums import AlertState, Expression, Severity
from reporting.monitoring.measures import MEASURES

SEVERITIES: Final = {Severity.P1: "danger", Severity.P2: "warning", Severity.P3: "info"}
STATES: Final = {AlertState.FIRING: "danger", AlertState.ACKNOWLEDGED: "warning", AlertState.RESOLVED: "success"}


def screen_address(screen: str, scope: str) -> str:
    """The page of an alert: the name of an admin page, and the filter behind it; "" where there is no such page."""
    name, _, query = screen.partition("?")
    try:
        address = reverse(f"admin:{name}")
    except NoReverseMatch:
        return ""
    return f"{address}?{query.replace('{scope}', quote(scope))}" if query else address


def figure_words(measure: str, value: object) -> str:
    """A value with its unit, rounded to two places for people."""
    known = MEASURES.get(measure)
    number = f"{float(str(value)):,.2f}".rstrip("0").rstrip(".")
    return f"{number} {known.unit}".strip() if known else number


def bound_words(measure: str, expression: str, threshold: object) -> str:
    """The threshold as people read it."""
    sign = {Expression.BELOW: "<", Expression.DRIFT: "±", Expression.GROWTH: "growing, >"}.get(
        Expression(expression), ">"
    )
    return f"{sign} {figure_words(measure, threshold)}"


def exact(value: object) -> str:
    """The whole figure, for the title."""
    return decimal_text(Decimal(str(value)))
