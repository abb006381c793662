"""The rate in force: the newest day not after the asked one, so that weekends and holidays carry Friday forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db import connection

SAMPLE_SOURCE: Final = "ECB sample"

_IN_FORCE: Final = """
    SELECT id, currency, units_per_base, valid_on FROM wallet_fxrate
    WHERE currency = %s AND valid_on <= %s
    ORDER BY valid_on DESC, source = %s, revision DESC, id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class RateInForce:
    """Units of `currency` for one unit of the base currency. The base currency itself has no row: id and day None."""

    id: int | None
    currency: str
    units_per_base: Decimal
    valid_on: date | None

    def age_days(self, on: date) -> int:
        """Days since the rate's day; 0 for the base currency, which is never old."""
        return 0 if self.valid_on is None else (on - self.valid_on).days

    def is_stale(self, *, on: date, max_age_days: int) -> bool:
        """Whether it is older than `max_age_days` (FX_MAX_AGE_DAYS): no new bet is taken at such a rate."""
        return self.age_days(on) > max_age_days


def fx_rate_in_force(currency: str, on: date) -> RateInForce | None:
    """The newest rate of `currency` valid on or before `on`; None when there is none.

    Of one day the highest revision counts, and the ECB's own figure before the sample's. One indexed read, safe to
    cache by (currency, day) for as long as a newly loaded rate may wait.
    """
    if currency == settings.BASE_CURRENCY:
        return RateInForce(None, currency, Decimal(1), None)
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [currency, on, SAMPLE_SOURCE])
        row = cursor.fetchone()
    return None if row is None else RateInForce(*row)
