"""The reach of a grant in words."""

from __future__ import annotations

from collections.abc import Sequence

from players.models import Brand


def reach_words(brands: Sequence[int], jurisdictions: Sequence[str], names: dict[int, str] | None = None) -> str:
    """ "every brand", "Aurora Casino", "every brand in MT". `names` are brands by id, read here when left out."""
    known = brand_names(brands) if names is None and brands else names or {}
    shops = ", ".join(known.get(key, f"brand {key}") for key in brands) or "every brand"
    return f"{shops} in {', '.join(jurisdictions)}" if jurisdictions else shops


def brand_names(brands: Sequence[int] | None = None) -> dict[int, str]:
    """Names of brands by id; all of them without a list."""
    rows = Brand.objects.all() if brands is None else Brand.objects.filter(pk__in=brands)
    return dict(rows.values_list("pk", "name"))
