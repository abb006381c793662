"""The rate of the moment, remembered for a second by each process."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from common.fresh import Fresh
from wallet.errors import TemporarilyUnavailable
from wallet.models import FxRate
from wallet.selectors.fx_rates import RateInForce, fx_rate_in_force


def _load(key: tuple[str, date]) -> RateInForce | None:
    return fx_rate_in_force(*key)


_rates: Fresh[tuple[str, date], RateInForce | None] = Fresh(_load)


def rate_on(currency: str, day: date) -> RateInForce:
    """The newest rate of `currency` on a day. Raises TemporarilyUnavailable when there is none."""
    rate = _rates.get((currency, day))
    if rate is None:
        raise TemporarilyUnavailable(reason="no_fx_rate", currency=currency)
    return rate


def units_per_base(currency: str, now: datetime) -> RateInForce:
    """The newest rate of `currency` on the UTC day of `now`. Raises TemporarilyUnavailable when there is none."""
    return rate_on(currency, now.date())


def rate_for_bet(currency: str, now: datetime) -> RateInForce:
    """The rate a new bet is booked at. Raises TemporarilyUnavailable when it is older than FX_MAX_AGE_DAYS."""
    rate = units_per_base(currency, now)
    if rate.valid_on is not None and (now.date() - rate.valid_on).days > settings.FX_MAX_AGE_DAYS:
        raise TemporarilyUnavailable(reason="stale_fx_rate", currency=currency, rate_of=rate.valid_on.isoformat())
    return rate


@lru_cache(maxsize=4096)
def rate_by_id(rate_id: int) -> RateInForce:
    """The rate that an earlier bet was booked at; rows are never edited, so it is remembered for good."""
    row = FxRate.objects.get(pk=rate_id)
    return RateInForce(id=row.pk, currency=row.currency, units_per_base=row.units_per_base, valid_on=row.valid_on)


def rates_forget() -> None:
    """Drop what this process remembers; for tests and after a load."""
    _rates.forget()
    rate_by_id.cache_clear()
