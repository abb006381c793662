"""The queue shows what waits for people, unless something else is asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.states import FOR_PEOPLE


class OfState(DropdownFilter):
    """By where it stands."""

    title = "state"
    parameter_name = "state"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(value), str(label)) for value, label in WithdrawalState.choices), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        if wanted == "all":
            return queryset
        return queryset.filter(state=wanted) if wanted else queryset.filter(state__in=FOR_PEOPLE)


class OfAmount(DropdownFilter):
    """By what it is worth in the base currency."""

    title = "amount from (base currency)"
    parameter_name = "amount"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(step, f"{int(step):,} or more") for step in ("100", "500", "1000", "5000", "25000")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        return queryset.filter(base__gte=Decimal(wanted)) if wanted and wanted.isdecimal() else queryset


class OfRisk(DropdownFilter):
    """By risk score."""

    title = "risk"
    parameter_name = "risk"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(step, f"{step} or more") for step in ("10", "30", "50", "70")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        return queryset.filter(risk_score__gte=int(wanted)) if wanted and wanted.isdecimal() else queryset


class OfMethod(DropdownFilter):
    """By the method that the player chose."""

    title = "method"
    parameter_name = "method"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        from casino.routing.models import PaymentMethod

        codes = PaymentMethod.objects.filter(for_payout=True).order_by("code").values_list("code", flat=True)
        return [(code, code.replace("_", " ").capitalize()) for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        return queryset.filter(method=wanted) if wanted else queryset
