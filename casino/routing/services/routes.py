"""Routes: which gateway carries a method, for whom, and with what share. One person with the right, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from casino.gateways.enums import Purpose
from casino.gateways.registry import adapter_codes
from casino.routing.errors import RouteRefused, RowsOverlap, StartsInThePast
from casino.routing.locks import method_lock
from casino.routing.models import PaymentMethod, Route
from casino.routing.selectors.rows import of_brand
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWish:
    """What a route says. `amount_from` is in its range, `amount_below` is not. `starts_at` None: from now on."""

    method: str
    purpose: Purpose
    gateway: str
    gateway_method: str
    brand_id: int | None = None
    country: str = ""
    currency: str = ""
    segment: str = ""
    amount_from: Decimal | None = None
    amount_below: Decimal | None = None
    place: int = 1
    weight: int = 100
    stop_codes: tuple[str, ...] = ()
    switched_on: bool = True
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@transaction.atomic
def route_set(*, wish: RouteWish, reason: str, actor: str, now: datetime) -> Route:
    """Have a route hold from its instant on, in place of the one in force then for the same players and amounts.

    Raises RouteRefused, StartsInThePast, and RowsOverlap where another range or a later row stands in the way.
    """
    method = _checked(wish, reason)
    start = wish.starts_at or now
    if start < now or (wish.ends_at is not None and wish.ends_at <= start):
        raise StartsInThePast
    earlier = _giving_way(wish, start)
    if earlier is not None:
        earlier.ends_at, earlier.closed_at = start, now
        earlier.save(update_fields=["ends_at", "closed_at"])
    made = Route.objects.create(
        method=method, starts_at=start, ends_at=wish.ends_at, created_at=now, created_by=actor, reason=reason,
        **_columns(wish),
    )  # fmt: skip
    audit_record(
        name=EventName.ROUTE_SET, actor=actor, now=now, subject=f"routing.route:{made.pk}", reason=reason,
        brand_id=wish.brand_id, before=_facts(earlier), after=_facts(made),
    )  # fmt: skip
    return made


@transaction.atomic
def route_end(*, route_id: int, at: datetime | None, reason: str, actor: str, now: datetime) -> Route:
    """End a route, at once or at a later instant. Raises RouteRefused for one that has ended, StartsInThePast."""
    route = Route.objects.select_for_update().select_related("method").get(pk=route_id)
    end = max(at or now, route.starts_at)
    if at is not None and at < now:
        raise StartsInThePast
    if route.ends_at is not None and route.ends_at <= now:
        raise RouteRefused("This route has ended already.")
    before = _facts(route)
    route.ends_at, route.closed_at = end, now
    route.save(update_fields=["ends_at", "closed_at"])
    audit_record(
        name=EventName.ROUTE_ENDED, actor=actor, now=now, subject=f"routing.route:{route.pk}", reason=reason,
        brand_id=route.brand_id, before=before, after=_facts(route),
    )  # fmt: skip
    return route


def _checked(wish: RouteWish, reason: str) -> PaymentMethod:
    if wish.gateway not in adapter_codes():
        raise RouteRefused(f"There is no gateway {wish.gateway}.")
    if not wish.gateway_method.strip() or not reason.strip():
        raise RouteRefused("The gateway's code of the method and a reason are needed.")
    if not wish.currency and (wish.amount_from is not None or wish.amount_below is not None):
        raise RouteRefused("A range of amounts needs a currency.")
    low, high = wish.amount_from or Decimal(0), wish.amount_below
    if low < 0 or (high is not None and high <= low):
        raise RouteRefused("The amounts are no range.")
    if not 1 <= wish.weight <= 10_000 or not 0 <= wish.place <= 1_000:
        raise RouteRefused("A weight is 1 to 10,000, a place 0 to 1,000.")
    try:
        method = method_lock(wish.method)
    except PaymentMethod.DoesNotExist:
        raise RouteRefused(f"There is no method {wish.method}.") from None
    if not (method.for_deposit if wish.purpose == Purpose.DEPOSIT else method.for_payout):
        raise RouteRefused(f"{method.code} is not for this purpose.")
    return method


def _giving_way(wish: RouteWish, start: datetime) -> Route | None:
    rows = Route.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=start), of_brand(wish.brand_id), method__code=wish.method,
        purpose=wish.purpose, gateway=wish.gateway, country=wish.country, currency=wish.currency,
        segment=wish.segment,
    ).order_by("starts_at", "pk")  # fmt: skip
    found: Route | None = None
    for row in rows if wish.ends_at is None else rows.filter(starts_at__lt=wish.ends_at):
        if (row.amount_from, row.amount_below) != (wish.amount_from, wish.amount_below):
            if _apart(row, wish):
                continue
            raise RowsOverlap(f"Route {row.pk} takes some of these amounts: end it first.")
        if row.starts_at > start or found is not None:
            raise RowsOverlap(f"Route {row.pk} starts at {row.starts_at:%Y-%m-%d %H:%M} UTC: end this one before then.")
        found = row
    return found


def _apart(row: Route, wish: RouteWish) -> bool:
    below = row.amount_below is not None and (wish.amount_from or Decimal(0)) >= row.amount_below
    above = wish.amount_below is not None and (row.amount_from or Decimal(0)) >= wish.amount_below
    return below or above


def _columns(wish: RouteWish) -> dict[str, Any]:
    return {
        "purpose": wish.purpose, "gateway": wish.gateway, "gateway_method": wish.gateway_method.strip(),
        "brand_id": wish.brand_id, "country": wish.country, "currency": wish.currency, "segment": wish.segment,
        "amount_from": wish.amount_from, "amount_below": wish.amount_below, "place": wish.place,
        "weight": wish.weight, "stop_codes": sorted(set(wish.stop_codes)), "switched_on": wish.switched_on,
    }  # fmt: skip


def _facts(row: Route | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {
        "method": row.method.code, "purpose": row.purpose, "gateway": row.gateway, "country": row.country,
        "currency": row.currency, "segment": row.segment, "amount_from": row.amount_from,
        "amount_below": row.amount_below, "place": row.place, "weight": row.weight,
        "stop_codes": " ".join(row.stop_codes), "switched_on": row.switched_on, "starts_at": row.starts_at,
        "ends_at": row.ends_at,
    }  # fmt: skip
