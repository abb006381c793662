"""Queues show what waits, unless something else is asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from compliance.kyc.enums import DocumentState, Status

ALL = ("all", "All")


def unasked(request: HttpRequest, waiting: str) -> str:
    """What waits; whoever searches for somebody finds them wherever they stand."""
    return "all" if request.GET.get("q", "").strip() else waiting


class OfStatus(DropdownFilter):
    """Verifications by where they stand."""

    title = "status"
    parameter_name = "status"
    indexed = True

    unasked = "What waits for a colleague is shown."

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(value), str(label)) for value, label in Status.choices), ALL]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value() or unasked(request, Status.REVIEW.value)
        return queryset if wanted == "all" else queryset.filter(status=wanted)


class OfState(DropdownFilter):
    """Documents by what became of them."""

    title = "state"
    parameter_name = "state"
    indexed = True

    unasked = "What waits for a colleague is shown."

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(value), str(label)) for value, label in DocumentState.choices), ALL]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value() or unasked(request, DocumentState.WAITING.value)
        return queryset if wanted == "all" else queryset.filter(state=wanted)
