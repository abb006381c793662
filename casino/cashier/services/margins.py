"""Margins of conversions: dated rows, never edited; a new one takes two people (approval_kinds.py)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casino.cashier.errors import MarginRefused
from casino.cashier.models import ConversionMargin
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@transaction.atomic
def margin_set(
    *, brand_id: int, source: str, target: str, percent: Decimal, valid_from: datetime, approval: str, actor: str,
    now: datetime,
) -> ConversionMargin:  # fmt: skip
    """What the brand keeps of conversions from `source` to `target` from an instant on. Raises MarginRefused."""
    if source == target or not Decimal(0) <= percent <= Decimal(20):
        raise MarginRefused
    kept = ConversionMargin.objects.filter(brand_id=brand_id, source=source, target=target, valid_from=valid_from)
    if valid_from < now or kept.exists():
        raise MarginRefused
    row = ConversionMargin.objects.create(
        brand_id=brand_id, source=source, target=target, percent=percent, valid_from=valid_from, set_by=actor,
        approval=approval, created_at=now,
    )  # fmt: skip
    audit_record(
        name=EventName.CONVERSION_MARGIN_SET, actor=actor, now=now, subject=f"cashier.conversionmargin:{row.pk}",
        brand_id=brand_id, approval=approval,
        after={"pair": f"{source} to {target}", "percent": percent, "valid_from": valid_from},
    )  # fmt: skip
    return row
