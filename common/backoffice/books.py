"""The two kinds of screen: lists that can be edited through services, and books that nobody edits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common.backoffice.lists import BoundedChangeList, LookAheadPaginator
from common.backoffice.reach import out_of_reach, permission_to_view, reach
from common.backoffice.screen import Row, Screen
from common.backoffice.sections import Section
from common.backoffice.timelines import MOST, as_of, timelines
from common.scope import Narrowing, Scoping

FILTER_ENDINGS = ("__exact", "__id__exact", "_from_0", "_from_1", "_to_0", "_to_1")


class ListScreen(Screen[Row]):
    """A bounded list, newest first; a page of facts in groups with tables below it.

    Declare `scope` (how rows are kept to the brands and jurisdictions of a grant), `facts` (title, names) and
    override `sections`, `find`. No bulk actions, so no deletion from the list.
    """

    # Until a screen says otherwise, whoever is limited to brands or jurisdictions sees nothing of it.
    scope: Narrowing = Scoping()

    actions = None
    ordering = ("-pk",)
    sortable_by = ()
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # counts beside each choice of a filter would read the whole table
    paginator = LookAheadPaginator
    list_filter_submit = True
    list_fullwidth = True
    list_before_template = "admin/list_note.html"
    change_form_outer_after_template = "admin/sections.html"
    facts: Sequence[tuple[str | None, Sequence[str | tuple[str, ...]]]] = ()
    when_empty = "Nothing is here yet."
    # What fills an empty list, told to who may do it: who may add rows, unless `filled_by` names another permission.
    when_empty_do = ""
    filled_by = ""
    has_time_line = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows within reach of whoever is signed in: for lists, pages, actions, searches and completions alike."""
        return self.scope.narrow(super().get_queryset(request), reach(request, permission_to_view(self.model)))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, if it is within reach; a look beyond is remembered for the audit trail.

        Raises PermissionDenied for who may see no row at all, so that 403 and 404 keep their meanings everywhere.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = super().get_object(request, object_id, from_field)
        if row is None and (hidden := self._beyond(object_id)) is not None:
            out_of_reach(request, f"{self.opts.label_lower}:{hidden.pk}")
        return row

    def _beyond(self, object_id: str) -> Model | None:
        rows: QuerySet[Model] = self.model._default_manager.all()
        try:
            return rows.only("pk").get(pk=self.model._meta.pk.to_python(object_id))
        except (ObjectDoesNotExist, ValidationError, ValueError):
            return None

    def may(self, request: HttpRequest, permission: str, row: object = None) -> bool:
        """Whether the person has a permission, and for a row (or its key): whether it reaches that row.

        Seeing a row in one grant and acting in another does not add up: each permission has its own reach. Raises
        Http404 for the key of a row that the person may not even see.
        """
        if not request.user.has_perm(permission):
            return False
        scope = reach(request, permission)
        if row in (None, "") or (scope.everything and reach(request, permission_to_view(self.model)).everything):
            return True
        found = row if isinstance(row, Model) else self.get_object(request, str(row))
        if found is None:
            raise Http404("There is no such record.")
        return self.scope.narrow(self.model._default_manager.filter(pk=found.pk), scope).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = super().has_change_permission(request, cast("Row | None", obj))
        return allowed and self.may(request, f"{self.opts.app_label}.change_{self.opts.model_name}", obj)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Django's hook: a page that is not there answers 404, whether the row is unknown or out of reach."""
        raise Http404("There is no such record.")

    def empty_words(self, request: HttpRequest) -> str:
        """What an empty list says to whoever is signed in."""
        may = request.user.has_perm(self.filled_by) if self.filled_by else self.has_add_permission(request)
        return f"{self.when_empty} {self.when_empty_do}".strip() if may else self.when_empty

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedChangeList

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: int, orphans: int = 0, allow_empty_first_page: bool = True
    ) -> Paginator[Any]:
        return LookAheadPaginator(queryset, per_page)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Exact look-ups that an index answers (`find`), instead of LIKE over whole tables."""
        term = search_term.strip()
        return (self.find(queryset, term) if term and self.search_fields else queryset), False

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Rows that a person means by `term`; override together with `search_fields` and `search_help_text`."""
        return queryset.none()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the declared filters: an invented ?field__contains= would read the whole table."""
        allowed: set[str] = set()
        for item in self.list_filter:
            if isinstance(item, tuple):
                allowed.update(f"{item[0]}{ending}" for ending in FILTER_ENDINGS)
            else:
                allowed.add(str(getattr(item, "parameter_name", item)))
        return lookup in allowed

    def sections(self, request: HttpRequest, row: Row) -> Sequence[Section]:
        """Tables shown below the facts."""
        return ()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if row is not None and self.has_view_permission(request, row):
            extra |= self.page_context(request, row)
        return super().change_view(request, object_id, form_url, extra)

    def page_context(self, request: HttpRequest, row: Row) -> dict[str, Any]:
        """What the templates of the row's page get besides Django's own context."""
        shown = list(self.sections(request, row))
        titles = {section.title for section in shown}
        if self.has_time_line:
            shown += [section for section in timelines(request, row) if section.title not in titles]
        return {
            "sections": [
                section for section in shown if not section.permission or self.may(request, section.permission)
            ]
        }

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The whole time line of a record as of a chosen moment, in place of Django's own log of edits (AUD-11)."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404("There is no such record.")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        asked = request.GET.get("until", "").strip()
        typed, until = as_of(asked)
        shown = timelines(request, row, MOST, until)
        if not shown or not all(self.may(request, section.permission) for section in shown if section.permission):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": f"Time line of {row}",
            "sections": shown,
            "until": typed,
            "unreadable": bool(asked) and until is None,
        }
        return TemplateResponse(request, "admin/time_line.html", context | (extra_context or {}))

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if obj is not None and self.facts:
            return [(title, {"fields": list(names)}) for title, names in self.facts]
        return super().get_fieldsets(request, cast("Row | None", obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing in the house is deleted by hand."""
        return False


class BookScreen(ListScreen[Row]):
    """A book: shown, never added to, changed or deleted from here, by whatever address."""

    # What nobody edits has no history of edits.
    actions_detail_hide_default = True

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        names: list[str] = []
        for _title, group in self.facts:
            for name in group:
                names.extend([name] if isinstance(name, str) else name)
        return names

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
