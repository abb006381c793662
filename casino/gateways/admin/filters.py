"""Filters of the gateways' lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from casino.gateways.enums import FLAGGED, Outcome
from casino.gateways.registry import adapter_codes
from common.clock import utc_now

NEEDS_PEOPLE = "flagged"


class OfGateway(DropdownFilter):
    """By gateway."""

    title = "gateway"
    parameter_name = "gateway"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, code) for code in adapter_codes()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(gateway=self.value()) if self.value() else queryset


class OfOutcome(DropdownFilter):
    """By what became of it; "needs people" is everything that was flagged."""

    title = "outcome"
    parameter_name = "outcome"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(NEEDS_PEOPLE, "Needs people"), *((str(value), str(label)) for value, label in Outcome.choices)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(outcome__in=FLAGGED if self.value() == NEEDS_PEOPLE else [self.value()])


class OfAge(DropdownFilter):
    """By how long ago it came."""

    title = "age"
    parameter_name = "age"
    indexed = True
    ages = {"1": "Less than an hour", "24": "Less than a day", "168": "Less than a week", "older": "Older than a week"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.ages.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value not in self.ages:
            return queryset
        if value == "older":
            return queryset.filter(received_at__lt=utc_now() - timedelta(hours=168))
        return queryset.filter(received_at__gte=utc_now() - timedelta(hours=int(value)))
