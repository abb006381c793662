"""A filter "from … to …" in UTC that walks the primary key instead of an index on the time.

Keys grow with time: time-ordered UUIDs hold it in their first 48 bits, and serial numbers can be bisected.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Model, QuerySet, UUIDField
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.admin import DateFieldListFilter as UnfoldTimeFilter
else:
    from unfold.contrib.filters.admin import RangeDateTimeFilter as UnfoldTimeFilter

# Ids are drawn and rows committed a little apart, and clocks of servers differ by less than this.
SLACK: Final = timedelta(minutes=2)


def uuid7_floor(moment: datetime) -> UUID:
    """The smallest UUID that one drawn at `moment` (to the millisecond) or later can have."""
    milliseconds = max(int(moment.timestamp() * 1000), 0)
    return UUID(int=milliseconds << 80)


def serial_floor(rows: QuerySet[Any], field: str, moment: datetime) -> int:
    """The smallest key from which on rows can be as young as `moment`: a bisection of some twenty key look-ups."""
    keyed = rows.model._default_manager.all()
    first = keyed.order_by("pk").values_list("pk", flat=True).first()
    last = keyed.order_by("-pk").values_list("pk", flat=True).first()
    if first is None or last is None:
        return 0
    low, high = int(first), int(last) + 1
    while low < high:
        middle = (low + high) // 2
        row = keyed.filter(pk__gte=middle).order_by("pk").values_list("pk", field).first()
        if row is None or row[1] >= moment:
            high = middle
        else:
            low = int(row[0]) + 1
    return low


class TimeRange(UnfoldTimeFilter):
    """Use as `("booked_at", TimeRange)`. Either end may be empty, and so may the hour."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        start, end = self._moment("from", 0), self._moment("to", 1)
        if start is not None:
            queryset = queryset.filter(**{f"{self.field_path}__gte": start}, pk__gte=self._key(queryset, start - SLACK))
        if end is not None:
            queryset = queryset.filter(**{f"{self.field_path}__lt": end}, pk__lt=self._key(queryset, end + SLACK))
        return queryset

    def _key(self, queryset: QuerySet[Any], moment: datetime) -> UUID | int:
        model: type[Model] = queryset.model
        if isinstance(model._meta.pk, UUIDField):
            return uuid7_floor(moment)
        return serial_floor(queryset, self.field_path, moment)

    def _moment(self, end: str, days_when_no_hour: int) -> datetime | None:
        day = self._word(f"{self.field_path}_{end}_0")
        hour = self._word(f"{self.field_path}_{end}_1")
        for form, text in (("%Y-%m-%d %H:%M:%S", f"{day} {hour}"), ("%Y-%m-%d %H:%M", f"{day} {hour}")):
            try:
                return datetime.strptime(text, form).replace(tzinfo=UTC)
            except ValueError:
                continue
        try:
            return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=days_when_no_hour)
        except (ValueError, OverflowError):
            return None

    def _word(self, name: str) -> str:
        value: Any = self.used_parameters.get(name) or ""
        return str(value[0] if isinstance(value, list) else value)
