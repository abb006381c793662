"""Terms of methods are written by the approval of two people; a row is ended by the one that takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from casino.gateways.enums import Purpose
from casino.routing.enums import FeePayer
from casino.routing.errors import RowsOverlap, StartsInThePast
from casino.routing.locks import method_lock
from casino.routing.models import MethodTerms
from casino.routing.selectors.rows import of_brand
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a row of terms says; amounts in `currency`. `starts_at` None: from the moment at which it is approved."""

    method: str
    purpose: Purpose
    currency: str
    minimum: Decimal
    maximum: Decimal | None = None
    brand_id: int | None = None
    country: str = ""
    segment: str = ""
    offered: bool = True
    fee_percent: Decimal = Decimal(0)
    fee_fixed: Decimal = Decimal(0)
    fee_payer: FeePayer = FeePayer.HOUSE
    first_presets: tuple[Decimal, ...] = ()
    presets: tuple[Decimal, ...] = ()
    place: int = 100
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def same_players(terms: Terms) -> QuerySet[MethodTerms]:
    """The rows of the same method, purpose, currency, brand, country and segment, the earliest first."""
    return MethodTerms.objects.filter(
        of_brand(terms.brand_id), method__code=terms.method, purpose=terms.purpose, currency=terms.currency,
        country=terms.country, segment=terms.segment,
    ).order_by("starts_at", "pk")  # fmt: skip


def in_the_way(terms: Terms, now: datetime) -> list[MethodTerms]:
    """Rows that hold within the time of these terms: the first of them may give way, a later one may not."""
    start = terms.starts_at or now
    rows = same_players(terms).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=start))
    return list(rows if terms.ends_at is None else rows.filter(starts_at__lt=terms.ends_at))


@transaction.atomic
def terms_write(*, terms: Terms, approval_id: int, reason: str, actor: str, now: datetime) -> MethodTerms:
    """Have terms hold from their instant on, in place of those in force then. The caller checked their content.

    Raises StartsInThePast, and RowsOverlap where a later row stands in the way.
    """
    method = method_lock(terms.method)
    start = terms.starts_at or now
    if start < now or (terms.ends_at is not None and terms.ends_at <= start):
        raise StartsInThePast
    earlier: MethodTerms | None = None
    for row in in_the_way(terms, now):
        if row.starts_at > start or earlier is not None:
            raise RowsOverlap(f"Terms {row.pk} start at {row.starts_at:%Y-%m-%d %H:%M} UTC: end these before then.")
        earlier = row
    if earlier is not None:
        earlier.ends_at, earlier.closed_at, earlier.closing_approval_id = start, now, approval_id
        earlier.save(update_fields=["ends_at", "closed_at", "closing_approval_id"])
    made = MethodTerms.objects.create(
        method=method, starts_at=start, ends_at=terms.ends_at, created_at=now, created_by=actor, reason=reason,
        approval_id=approval_id, **_columns(terms),
    )  # fmt: skip
    audit_record(
        name=EventName.METHOD_TERMS_SET, actor=actor, now=now, subject=f"routing.methodterms:{made.pk}", reason=reason,
        brand_id=terms.brand_id, before=_facts(earlier), after=_facts(made), approval=f"approval:{approval_id}",
    )  # fmt: skip
    return made


def _columns(terms: Terms) -> dict[str, Any]:
    return {
        "purpose": terms.purpose, "currency": terms.currency, "brand_id": terms.brand_id, "country": terms.country,
        "segment": terms.segment, "offered": terms.offered, "minimum": terms.minimum, "maximum": terms.maximum,
        "fee_percent": terms.fee_percent, "fee_fixed": terms.fee_fixed, "fee_payer": terms.fee_payer,
        "first_presets": list(terms.first_presets), "presets": list(terms.presets), "place": terms.place,
    }  # fmt: skip


def _facts(row: MethodTerms | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {
        "method": row.method.code, "purpose": row.purpose, "currency": row.currency, "country": row.country,
        "segment": row.segment, "offered": row.offered, "minimum": row.minimum, "maximum": row.maximum,
        "fee_percent": row.fee_percent, "fee_fixed": row.fee_fixed, "fee_payer": row.fee_payer,
        "starts_at": row.starts_at, "ends_at": row.ends_at,
    }  # fmt: skip
