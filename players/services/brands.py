"""Brands: added once, edited by staff. The code stands in links and reports and never changes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import structlog
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Brand, BrandGroup

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandTerms:
    """Everything staff may change."""

    name: str
    jurisdiction: str
    enabled: bool
    group_id: int | None = None


@transaction.atomic
def brand_add(*, code: str, terms: BrandTerms, actor: str, now: datetime) -> Brand:
    """A new shop window."""
    brand = Brand.objects.create(code=code, **asdict(terms))
    audit_record(
        name=EventName.BRAND_ADDED, actor=actor, now=now, subject=f"players.brand:{brand.pk}", brand_id=brand.pk,
        after={"code": code} | asdict(terms),
    )  # fmt: skip
    log.info("players:brand:added", brand=code, actor=actor)
    return brand


@transaction.atomic
def brand_edit(*, brand_id: int, terms: BrandTerms, actor: str, now: datetime) -> Brand:
    """Put new terms in force for the next bet."""
    brand = Brand.objects.select_for_update().get(pk=brand_id)
    changed = {name: value for name, value in asdict(terms).items() if getattr(brand, name) != value}
    before = {name: getattr(brand, name) for name in changed}
    for name, value in changed.items():
        setattr(brand, name, value)
    if changed:
        brand.save(update_fields=list(changed))
        audit_record(
            name=EventName.BRAND_EDITED, actor=actor, now=now, subject=f"players.brand:{brand.pk}",
            brand_id=brand.pk, before=before, after=changed,
        )  # fmt: skip
        log.info("players:brand:edited", brand=brand.code, changed=sorted(changed), actor=actor)
    return brand


@transaction.atomic
def brand_group_add(*, code: str, name: str, actor: str, now: datetime) -> BrandGroup:
    """A new group; brands join it by their own terms."""
    group = BrandGroup.objects.create(code=code, name=name)
    audit_record(
        name=EventName.BRAND_GROUP_ADDED, actor=actor, now=now, subject=f"players.brandgroup:{group.pk}",
        after={"code": code, "name": name},
    )  # fmt: skip
    return group
