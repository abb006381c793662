"""What dashboards are put together of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from common.backoffice.sections import Section
from common.money import decimal_text
from reporting.catalogue.registry import all_reports
from reporting.catalogue.types import Question
from reporting.dashboards.admin.asked import question_words
from reporting.dashboards.types import HeatMap, Tile
from reporting.overview.admin.charts import Chart


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart and the report that its figures are from."""

    chart: Chart
    address: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A dashboard: figures, charts, a heat map, tables. `warnings` say what is missing from the figures."""

    tiles: Sequence[Tile] = ()
    plots: Sequence[Plot] = ()
    heat: HeatMap | None = None
    sections: Sequence[Section] = ()
    warnings: Sequence[str] = ()
    empty: bool = field(default=False)


def amount(title: str, value: Decimal | None, before: Decimal | None = None, **more: object) -> Tile:
    """A sum in the base currency; its exact value is in the tooltip. Compared with the days before, if told."""
    if value is None:
        return Tile(title=title, shown="–", **more)  # type: ignore[arg-type]
    note = str(more.pop("note", "")) or compared(value, before)
    shown = f"{value:,.2f} {settings.BASE_CURRENCY}"
    exact = f"{decimal_text(value)} {settings.BASE_CURRENCY}"
    return Tile(title=title, shown=shown, exact=exact, note=note, **more)  # type: ignore[arg-type]


def percent(title: str, value: Decimal | None, before: Decimal | None = None, **more: object) -> Tile:
    """A share of 100."""
    if value is None:
        return Tile(title=title, shown="–", note="Nothing to divide by.", **more)  # type: ignore[arg-type]
    note = "" if before is None else f"{before:,.2f} % in the days before"
    return Tile(title=title, shown=f"{value:,.2f} %", exact=f"{decimal_text(value)} %", note=note, **more)  # type: ignore[arg-type]


def whole(title: str, value: Decimal | int, before: Decimal | int | None = None, **more: object) -> Tile:
    """A number of things."""
    note = str(more.pop("note", "")) or compared(value, before, places=0)
    return Tile(title=title, shown=f"{int(value):,}", exact=f"{int(value)}", note=note, **more)  # type: ignore[arg-type]


def compared(value: Decimal | int, before: Decimal | int | None, *, places: int = 2) -> str:
    """ "▲ 12.3 % against 1,204.00 in the days before"."""
    if before is None:
        return ""
    if before <= 0:
        return f"{before:,.{places}f} in the days before"
    change = (Decimal(value) - Decimal(before)) * 100 / Decimal(before)
    sign = "▲" if change > 0 else "▼" if change < 0 else "="
    return f"{sign} {abs(change):,.1f} % against {before:,.{places}f} in the days before"


def report_address(code: str, question: Question, **more: str) -> str:
    """The page of the report that a figure is from, for the same question; "" where there is none yet."""
    if code not in all_reports():
        return ""
    try:
        page = reverse("catalogue:report", args=[code])
    except NoReverseMatch:
        return ""
    return f"{page}?{question_words(question, **more)}"


def labels(days: Sequence[date]) -> list[str]:
    """Days on an axis."""
    return [f"{day:%d %b}" for day in days]


def missing_rates(rows: Sequence[dict[str, object]]) -> list[str]:
    """A warning where facts of a day have no exchange rate: they are in no sum."""
    count = sum(int(str(row.get("unpriced") or 0)) for row in rows)
    if not count:
        return []
    return [f"{count:,} facts in foreign currencies have no rate of their day yet: these sums leave them out."]
