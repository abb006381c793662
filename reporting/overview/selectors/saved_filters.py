"""A person's own filters."""

from __future__ import annotations

from django.db.models import QuerySet

from reporting.overview.models import SavedFilter


def filters_of(*, staff_id: int, screen: str) -> QuerySet[SavedFilter]:
    """The filters that a person saved for one list, by name."""
    return SavedFilter.objects.filter(staff_id=staff_id, screen=screen).order_by("name")


def filters_named_like(*, staff_id: int, word: str) -> QuerySet[SavedFilter]:
    """A person's filters whose name contains a word, for the palette."""
    return SavedFilter.objects.filter(staff_id=staff_id, name__icontains=word).order_by("name")[:10]
