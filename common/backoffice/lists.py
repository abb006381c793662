"""Lists that take the same time on a thousand rows and on a hundred million.

No count(*): a page reads one row more than it shows and knows whether another follows. The order is the primary key,
newest first. A filter without an index looks through the newest `WINDOW` rows (of the chosen time), and says so.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from common.backoffice.reach import permission_to_view, reach
from common.backoffice.screen import UnfoldChangeList
from common.backoffice.time_range import TimeRange

WINDOW: Final = 200_000
LAST_PAGE: Final = 200


class LookAheadPaginator(Paginator[Any]):
    """Never counts; tells unfold which page links to show (templates/admin/pagination_look_ahead.html)."""

    template_name = "admin/pagination_look_ahead.html"

    @property
    def count(self) -> int:
        """Unknown on purpose."""
        return 0


class BoundedChangeList(UnfoldChangeList):
    """A change list whose every query is bounded."""

    has_next = False
    last_page = LAST_PAGE
    window_hit = False
    window = WINDOW
    when_empty = ""

    @property
    def unreadable_time(self) -> bool:
        """Whether a filter of the list has a time in it that is none."""
        return any(isinstance(spec, TimeRange) and spec.unreadable for spec in self.filter_specs)

    @property
    def unasked(self) -> list[tuple[str, str]]:
        """What filters narrow though nobody asked, in words, and the query that shows everything."""
        if self.query:
            return []
        specs: list[Any] = list(self.filter_specs)
        told = ((spec, getattr(spec, "unasked", "")) for spec in specs)
        return [(words, f"?{spec.parameter_name}=all") for spec, words in told if words and not spec.value()]

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """Only the screen's own order: any other would sort the whole table."""
        return list(self.model_admin.get_ordering(request))

    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str | None] | None = None) -> QuerySet[Any]:
        queryset = super().get_queryset(request, exclude_parameters)
        if not self._has_plain_filter() and not self._is_narrowed(request):
            return queryset
        floor = self._window_floor(request)
        self.window_hit = floor is not None
        return queryset if floor is None else queryset.filter(pk__gte=floor)

    def get_results(self, request: HttpRequest) -> None:
        if not 1 <= self.page_num <= LAST_PAGE:
            raise IncorrectLookupParameters(f"There are at most {LAST_PAGE} pages: narrow the list.")
        screen: Any = self.model_admin
        self.when_empty = screen.empty_words(request)
        start = (self.page_num - 1) * self.list_per_page
        rows = list(self.queryset[start : start + self.list_per_page + 1])
        self.has_next = len(rows) > self.list_per_page
        self.result_list = rows[: self.list_per_page]  # a list serves as well
        self.result_count = len(self.result_list)
        self.full_result_count = self.result_count  # equal, so that unfold shows no count above the list
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.can_show_all = False
        self.multi_page = False
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)

    def _has_plain_filter(self) -> bool:
        """Whether a filter is set that no index serves."""
        return any(
            not isinstance(spec, TimeRange)
            and not getattr(spec, "indexed", False)
            and spec.used_parameters
            and any(value not in (None, "", [""]) for value in spec.used_parameters.values())
            for spec in self.filter_specs
        )

    def _is_narrowed(self, request: HttpRequest) -> bool:
        """Whether the list is kept to some brands with no index to serve that; a search is served by its own."""
        screen: Any = self.model_admin
        if self.query or screen.scope.indexed:
            return False
        return not reach(request, permission_to_view(self.model)).everything

    def _window_floor(self, request: HttpRequest) -> Any:
        # Over everybody's rows: counting off the narrowed ones could read the whole table.
        rows: QuerySet[Model] = self.model._default_manager.all()
        for spec in self.filter_specs:
            if isinstance(spec, TimeRange):
                rows = spec.queryset(request, rows)
        return rows.order_by("-pk").values_list("pk", flat=True)[WINDOW - 1 : WINDOW].first()
