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
# Nothing was booked earlier or will be later; the calendar itself ends where one more minute can not be added.
EARLIEST: Final = datetime(1970, 1, 2, tzinfo=UTC)
LATEST: Final = datetime(9000, 1, 1, tzinfo=UTC)


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
    """Use as `("booked_at", TimeRange)`. Either end may be empty, and so may the hour.

    A time that can not be read narrows to nothing, and the list says so: rows of all times would pass for those asked.
    """

    @property
    def unreadable(self) -> bool:
        """Whether somebody wrote something that is no time."""
        return any(self._moment(end, 0) is None and any(self._typed(end)) for end in ("from", "to"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.unreadable:
            return queryset.none()
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
        day, hour = self._typed(end)
        for form, text in (("%Y-%m-%d %H:%M:%S", f"{day} {hour}"), ("%Y-%m-%d %H:%M", f"{day} {hour}")):
            try:
                return _within(datetime.strptime(text, form).replace(tzinfo=UTC))
            except ValueError:
                continue
        if hour:
            return None
        try:
            return _within(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)) + timedelta(days=days_when_no_hour)
        except ValueError:
            return None

    def _typed(self, end: str) -> tuple[str, str]:
        return self._word(f"{self.field_path}_{end}_0"), self._word(f"{self.field_path}_{end}_1")

    def _word(self, name: str) -> str:
        value: Any = self.used_parameters.get(name) or ""
        return str(value[0] if isinstance(value, list) else value).strip()


def _within(moment: datetime) -> datetime:
    return min(max(moment, EARLIEST), LATEST)
