"""How far the facts are known, and that they are the ledger's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from django.db import connection

from reporting.facts.models import Reader
from reporting.facts.selectors.ties import facts_ledger_ties

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)

__all__ = ["NEVER", "business_day", "day_span", "facts_known_until", "facts_ledger_ties", "only_test_play"]


def facts_known_until() -> datetime:
    """Whatever was committed before this moment is in the facts; NEVER where nothing was read."""
    known: datetime | None = Reader.objects.filter(pk=1).values_list("known_until", flat=True).first()
    return known or NEVER


def only_test_play() -> bool:
    """Whether everybody who ever played was a test player, as in a demonstration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM facts_game WHERE NOT is_test) AND EXISTS (SELECT 1 FROM facts_game)"
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def business_day(moment: datetime, brand_id: int) -> date:
    """The business day of a brand that `moment` falls on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts_business_day(%s::timestamptz, %s)", [moment, brand_id])
        row = cursor.fetchone()
    assert row is not None
    day: date = row[0]
    return day


def day_span(brand_id: int, day: date) -> tuple[datetime, datetime]:
    """When a business day of a brand begins, and when it ends (not included)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT starts, ends FROM facts_day_span(%s, %s::date)", [brand_id, day])
        row = cursor.fetchone()
    assert row is not None
    return row[0], row[1]
