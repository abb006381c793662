"""How a report's values look on its page: for the reader, with the exact figure on hover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils.html import format_html

from common.backoffice.display import NOTHING, code, instant, money, span
from reporting.catalogue.enums import ColumnKind
from reporting.catalogue.types import Column

NUMBERS: Final = frozenset({
    ColumnKind.WHOLE, ColumnKind.MONEY, ColumnKind.BASE, ColumnKind.PERCENT, ColumnKind.NUMBER, ColumnKind.MINUTES,
})  # fmt: skip


def cell(column: Column, row: Mapping[str, Any]) -> str:
    """One value of a row."""
    value = row[column.name]
    return NOTHING if value is None else value_text(column, value, str(row.get(column.currency) or ""))


def value_text(column: Column, value: Any, currency: str) -> str:
    """A value that is told, such as a total."""
    match column.kind:
        case ColumnKind.MONEY:
            return money(Decimal(value), currency)
        case ColumnKind.BASE:
            return money(Decimal(value), settings.BASE_CURRENCY)
        case ColumnKind.WHOLE:
            return f"{int(value):,}"
        case ColumnKind.PERCENT:
            return format_html('<span title="exactly {} %">{} %</span>', f"{value}", f"{Decimal(value):,.2f}")
        case ColumnKind.NUMBER:
            return format_html('<span title="exactly {}">{}</span>', f"{value}", f"{Decimal(value):,.2f}")
        case ColumnKind.MINUTES:
            return format_html('<span title="{} min">{}</span>', f"{value}", span(float(value) * 60))
        case ColumnKind.MOMENT:
            return instant(value) if isinstance(value, datetime) else f"{value}"
        case ColumnKind.YES_NO:
            return "yes" if value else "no"
        case ColumnKind.CODE:
            return code(value)
    return f"{value}"
