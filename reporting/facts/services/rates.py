"""The rate of a day: fixed half a day after it ended, so that a report of it says the same for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import connection

from reporting.facts.types import Touched

# As wallet.selectors.fx_rates has it: the newest day not after the asked one. Before the first rate, that one.
_FIX: Final = """
    WITH asked AS (
        SELECT DISTINCT day, currency FROM unnest(%(days)s::date[], %(currencies)s::text[]) AS a(day, currency)
        UNION SELECT day, currency FROM facts_rate WHERE NOT fixed
    )
    INSERT INTO facts_rate (day, currency, rate, source, fixed)
    SELECT a.day, a.currency, r.rate, r.source, ((a.day + 1) + time '12:00') AT TIME ZONE 'UTC' <= %(now)s
    FROM asked a CROSS JOIN LATERAL (
        SELECT 1 AS rate, 'base currency' AS source WHERE a.currency = %(base)s
        UNION ALL
        SELECT f.units_per_base, f.source || ' of ' || f.valid_on FROM (
            SELECT * FROM wallet_fxrate f WHERE f.currency = a.currency AND a.currency <> %(base)s
            ORDER BY f.valid_on > a.day, CASE WHEN f.valid_on <= a.day THEN a.day - f.valid_on END,
                     f.valid_on, f.source = 'ECB sample', f.revision DESC, f.id DESC LIMIT 1
        ) f
    ) r
    ON CONFLICT ON CONSTRAINT one_rate_per_day_and_currency DO UPDATE
        SET rate = excluded.rate, source = excluded.source, fixed = excluded.fixed WHERE NOT facts_rate.fixed
"""


def rates_fix(touched: Iterable[Touched], *, now: datetime) -> None:
    """Give every day and currency its rate, and fix those of days that ended long enough ago."""
    asked: set[tuple[date, str]] = {(one.day, one.currency) for one in touched}
    with connection.cursor() as cursor:
        cursor.execute(
            _FIX,
            {
                "days": [day for day, _currency in asked], "currencies": [currency for _day, currency in asked],
                "base": settings.BASE_CURRENCY, "now": now,
            },
        )  # fmt: skip
