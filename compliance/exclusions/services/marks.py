"""Digests of people whose exclusion is over leave the database (GDPR-09)."""

from __future__ import annotations

from datetime import datetime

from compliance.exclusions.models import ExcludedIdentity


def marks_forget(*, now: datetime, most: int = 5000) -> int:
    """Delete at most `most`, oldest first; how many. Marks of what stands are refused by the database."""
    over = ExcludedIdentity.objects.filter(exclusion__over_at__lte=now).order_by("pk")
    ids = list(over.values_list("pk", flat=True)[:most])
    deleted, _ = ExcludedIdentity.objects.filter(pk__in=ids).delete()
    return deleted
