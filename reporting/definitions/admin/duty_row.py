from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from common.backoffice.display import code
from common.money import decimal_text
from compliance.signin.step_up import step_up_required
from reporting.definitions.admin.forms import DutyForm
from reporting.definitions.admin.screen import DatedScreen
from reporting.definitions.models import DutyRow


@admin.register(DutyRow)
class DutyRowAdmin(DatedScreen[DutyRow]):
    """Taxes on play, by jurisdiction."""

    list_display = ("jurisdiction", "title", "share", "base_shown", "since", "state", "checked")
    search_fields = ("jurisdiction",)
    search_help_text = "The jurisdiction, such as GB, exactly."
    ordering = ("jurisdiction",)
    facts = (
        (None, (("jurisdiction", "title"), ("share", "base_shown"))),
        ("Time and source", (("version", "since"), ("state", "agreed"), ("source", "checked"))),
    )
    actions_detail = ("propose",)

    @admin.display(description="Rate")
    def share(self, row: DutyRow) -> str:
        return f"{decimal_text(row.rate * 100)} %"

    @admin.display(description="Of")
    def base_shown(self, row: DutyRow) -> str:
        return code(row.base)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(jurisdiction=term.upper())

    @action(description="Propose a new rate", icon="edit_calendar", permissions=["propose"])
    @step_up_required
    def propose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        initial = {name: getattr(row, name, "") for name in ("jurisdiction", "tax", "title", "base")}
        initial["rate"] = decimal_text(row.rate) if row else ""
        return self.proposing(request, object_id, DutyForm, f"Propose a rate for {initial['jurisdiction']}", initial)
