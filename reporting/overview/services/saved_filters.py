"""Filters that a person keeps for himself."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from reporting.overview.errors import (
    FilterEmpty,
    FilterNameMissing,
    FilterNameTaken,
    FilterTooLong,
    NoSuchFilter,
    TooManyFilters,
)
from reporting.overview.models import SavedFilter

MOST: Final = 50
LONGEST_NAME: Final = 60
LONGEST_QUERY: Final = 1000
# The page of a list and its order belong to the moment, not to the filter.
PASSING: Final = frozenset({"p", "o", "all", "e", "_popup", "_to_field", "_facets"})


@transaction.atomic
def filter_save(*, staff_id: int, screen: str, name: str, query: str, now: datetime) -> SavedFilter:
    """Keep what a list is narrowed by, under a name, for one person.

    Raises FilterNameMissing, FilterEmpty, FilterTooLong, FilterNameTaken, TooManyFilters.
    """
    said = " ".join(name.replace("\x00", "").split())
    if not said or len(said) > LONGEST_NAME:
        raise FilterNameMissing
    kept = query_kept(query)
    if not kept:
        raise FilterEmpty
    if len(kept) > LONGEST_QUERY:
        raise FilterTooLong
    own = SavedFilter.objects.filter(staff_id=staff_id)
    if own.count() >= MOST and not own.filter(screen=screen, name=said).exists():
        raise TooManyFilters
    # In one statement, since the same button may be pressed twice.
    saved, made = SavedFilter.objects.get_or_create(
        staff_id=staff_id, screen=screen, name=said, defaults={"query": kept, "saved_at": now}
    )
    if not made:
        raise FilterNameTaken
    return saved


def filter_delete(*, staff_id: int, filter_id: int) -> str:
    """Forget a filter; returns the list that it belonged to. Raises NoSuchFilter, also for somebody else's."""
    found = SavedFilter.objects.filter(pk=filter_id, staff_id=staff_id).first()
    if found is None:
        raise NoSuchFilter
    found.delete()
    return found.screen


def query_kept(query: str) -> str:
    """The parameters that narrow a list, without its page and without empty ones."""
    pairs = parse_qsl(query.lstrip("?").replace("\x00", ""), max_num_fields=50)
    return urlencode([(key, value) for key, value in pairs if value and key not in PASSING])
