"""Filters of the call log: the last 24 hours unless somebody asks for more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from casino.games.models import Provider
from common.backoffice.time_range import TimeRange
from common.clock import utc_now

USUAL_SPAN: Final = timedelta(hours=24)


class CallTimes(TimeRange):
    """From … to …; without either, and without a search, the last 24 hours."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = any(value not in (None, "", [""]) for value in self.used_parameters.values())
        if chosen or request.GET.get("q"):
            return super().queryset(request, queryset)
        return queryset.filter(received_at__gte=utc_now() - USUAL_SPAN)


class OfProvider(DropdownFilter):
    """By the provider that the call named; calls of unknown ones are found with `Nobody known`."""

    title = "provider"
    parameter_name = "provider"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = Provider.objects.order_by("name").values_list("code", "name")
        return [*known, ("-", "Nobody known")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "-":
            return queryset.exclude(provider_code__in=list(Provider.objects.values_list("code", flat=True)))
        return queryset.filter(provider_code=value) if value else queryset


class Answered(DropdownFilter):
    """By what the answer told the provider to do."""

    title = "answer"
    parameter_name = "answer"
    CLASSES: Final = {"ok": "", "final": "final", "retry": "retry"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ok", "Accepted"), ("final", "Refused for good"), ("retry", "Asked to repeat")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(error_class=self.CLASSES[value]) if value in self.CLASSES else queryset
