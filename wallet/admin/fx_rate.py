from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.backoffice.books import BookScreen
from common.backoffice.display import code, instant, tag
from common.clock import utc_now
from common.scope import HouseWide
from wallet.models import FxRate


@admin.register(FxRate)
class FxRateAdmin(BookScreen[FxRate]):
    """Rates as published, never edited; a correction is a new row with a higher revision."""

    scope = HouseWide("Exchange rates are the same for every brand.")
    list_display = ("currency", "rate", "day", "age", "source", "revision", "file", "loaded")
    search_fields = ("currency",)
    search_help_text = "Currency code, such as USD."
    when_empty = "No rate is loaded: run `manage.py load_fx_rates`. Bets in foreign currencies are refused until then."
    facts = ((None, (("currency", "rate"), ("day", "age"), ("source", "revision"), "file_hash", "loaded")),)

    @admin.display(description="Rate")
    def rate(self, rate: FxRate) -> str:
        return f"1 {settings.BASE_CURRENCY} = {rate.units_per_base.normalize():,f} {rate.currency}"

    @admin.display(description="Valid on")
    def day(self, rate: FxRate) -> str:
        return rate.valid_on.isoformat()

    @admin.display(description="Age")
    def age(self, rate: FxRate) -> str:
        days = (utc_now().date() - rate.valid_on).days
        stale = days > settings.FX_MAX_AGE_DAYS
        text = "today" if days == 0 else f"{days} day{'s' if days != 1 else ''}"
        return tag(text, "" if stale else "success")

    @admin.display(description="File")
    def file(self, rate: FxRate) -> str:
        return code(rate.file_sha256[:12])

    @admin.display(description="SHA-256 of the file")
    def file_hash(self, rate: FxRate) -> str:
        return code(rate.file_sha256)

    @admin.display(description="Loaded")
    def loaded(self, rate: FxRate) -> str:
        return instant(rate.loaded_at)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(currency=term.upper())

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-pk",)
