"""Rows of terms and routes that hold at an instant."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from casino.gateways.enums import Purpose
from casino.routing.models import MethodTerms, PaymentMethod, Route


def holding(at: datetime) -> Q:
    """Begun, and not ended."""
    return Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def of_brand(brand_id: int | None) -> Q:
    """Rows of one brand, or those that name none."""
    return Q(brand__isnull=True) if brand_id is None else Q(brand_id=brand_id)


def terms_at(purpose: Purpose, currency: str, at: datetime) -> QuerySet[MethodTerms]:
    """The terms of every method in a currency."""
    return MethodTerms.objects.filter(holding(at), purpose=purpose, currency=currency).select_related("method")


def routes_at(method: PaymentMethod, purpose: Purpose, at: datetime) -> QuerySet[Route]:
    """The routes of a method, whoever they are for."""
    return Route.objects.filter(holding(at), method=method, purpose=purpose).order_by("place", "gateway", "pk")


def methods_of(purpose: Purpose) -> QuerySet[PaymentMethod]:
    """The methods that serve a purpose."""
    return PaymentMethod.objects.filter(**{"for_deposit" if purpose == Purpose.DEPOSIT else "for_payout": True})
