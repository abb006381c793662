"""What the screens of terms and routes share: filters, the state of a row, for whom it is."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from casino.gateways.enums import Purpose
from casino.routing.models import MethodTerms, PaymentMethod, Route
from casino.routing.selectors.rows import holding
from common.backoffice.display import instant, tag
from common.clock import utc_now


class OfMethod(DropdownFilter):
    """By method."""

    title = "method"
    parameter_name = "method"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(method.code, f"{method.names['en']}") for method in PaymentMethod.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(method__code=self.value()) if self.value() else queryset


class OfPurpose(DropdownFilter):
    """Deposits or payouts."""

    title = "purpose"
    parameter_name = "purpose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(word.value, word.label) for word in Purpose]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(purpose=self.value()) if self.value() else queryset


class OfTime(DropdownFilter):
    """In force now, to come, or over."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "In force"), ("to_come", "To come"), ("over", "Over")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = utc_now()
        wanted = {"now": holding(now), "to_come": Q(starts_at__gt=now), "over": Q(ends_at__lte=now)}
        return queryset.filter(wanted[self.value() or ""]) if self.value() in wanted else queryset


def state_tag(row: MethodTerms | Route) -> str:
    """In force, to come, or over."""
    now = utc_now()
    if row.ends_at is not None and row.ends_at <= max(now, row.starts_at):
        return tag("Over")
    return tag("To come", "info") if row.starts_at > now else tag("In force", "success")


def time_words(row: MethodTerms | Route) -> str:
    """From when until when."""
    return f"{instant(row.starts_at)} – {instant(row.ends_at) if row.ends_at else 'open'}"


def for_whom(row: MethodTerms | Route) -> str:
    """Brand, country and segment in one line."""
    named = [row.brand.name if row.brand else "", row.country, row.segment]
    return ", ".join(word for word in named if word) or "everybody"
