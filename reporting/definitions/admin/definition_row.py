from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from common.backoffice.display import code
from compliance.signin.step_up import step_up_required
from reporting.definitions.admin.forms import DefinitionForm, FeeForm
from reporting.definitions.admin.screen import DatedScreen
from reporting.definitions.models import DefinitionRow


@admin.register(DefinitionRow)
class DefinitionRowAdmin(DatedScreen[DefinitionRow]):
    """What figures mean, version by version."""

    list_display = ("code_shown", "title", "formula_shown", "version", "since", "checked")
    search_fields = ("code",)
    search_help_text = "The code, such as KPI-02, exactly."
    ordering = ("code",)
    facts = (
        (None, (("code_shown", "title"), "formula_shown", "about")),
        ("Time and source", (("version", "since"), ("state", "agreed"), ("source", "checked"))),
    )
    actions_detail = ("propose", "propose_fee")

    @admin.display(description="Code")
    def code_shown(self, row: DefinitionRow) -> str:
        return code(row.code)

    @admin.display(description="Formula")
    def formula_shown(self, row: DefinitionRow) -> str:
        return code(row.formula)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    @action(description="Propose a new version", icon="edit_calendar", permissions=["propose"])
    @step_up_required
    def propose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        initial = {name: getattr(row, name, "") for name in ("code", "title", "formula", "about")}
        return self.proposing(request, object_id, DefinitionForm, f"Propose a version of {initial['code']}", initial)

    @action(description="Propose a provider's fee", icon="handshake", permissions=["propose"])
    @step_up_required
    def propose_fee(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        return self.proposing(
            request, object_id, FeeForm, "Propose a provider's fee", {"basis": getattr(row, "code", ""), "minimum": "0"}
        )
