"""Which brands one operator answers for together."""

from __future__ import annotations

from players.accounts.errors import BrandUnknown
from players.models import Brand


def brand_open(code: str) -> Brand:
    """The brand that takes players under this code. Raises BrandUnknown."""
    brand = Brand.objects.filter(code=code, enabled=True).first()
    if brand is None:
        raise BrandUnknown
    return brand


def brands_together(brand: Brand) -> list[int]:
    """Ids of the brands of the group, the brand itself among them."""
    if brand.group_id is None:
        return [brand.pk]
    return list(Brand.objects.filter(group_id=brand.group_id).order_by("pk").values_list("pk", flat=True))
