"""Filters of the trail that an index serves."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from compliance.audit.catalogue import SIGNIFICANT_KINDS, names_of_kind
from compliance.audit.names import EventName


class OfName(DropdownFilter):
    """By one name of the closed list."""

    title = "name"
    parameter_name = "name"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in sorted(name.value for name in EventName)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(name=self.value()) if self.value() else queryset


class OfSignificance(DropdownFilter):
    """Significant events of the regulator's list: all of them, or one kind."""

    title = "significant events"
    parameter_name = "significant"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "All significant events"), *((kind.name.lower(), kind.value) for kind in SIGNIFICANT_KINDS)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == "all":
            return queryset.filter(significant=True)
        names = next((names_of_kind(kind) for kind in SIGNIFICANT_KINDS if kind.name.lower() == chosen), None)
        return queryset if names is None else queryset.filter(significant=True, name__in=names)
