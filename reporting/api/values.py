"""Values of reports as JSON: amounts exact and as text, days and moments in ISO 8601."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from common.clock import instant_text
from common.money import decimal_text


def value_told(value: object) -> object:
    """One value. Numbers that are not whole go as text, so that no program rounds them."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return decimal_text(value)
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case timedelta():
            return str(value.total_seconds())
        case UUID():
            return str(value)
        case list() | tuple() | set():
            return ", ".join(str(value_told(one)) for one in value)
    return str(value)
