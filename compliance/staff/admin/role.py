from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, money, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.audit.admin.timeline import timeline_section
from compliance.staff.admin.grant_forms import RoleForm, role_form
from compliance.staff.admin.grant_rows import holders_section, role_names
from compliance.staff.admin.matrix import MatrixView, export_holders, export_matrix
from compliance.staff.catalogue import GROUPS, group_of
from compliance.staff.models import Role
from compliance.staff.permission_kinds import changes_something
from compliance.staff.proposals.role_change import CHANGE, change_payload
from compliance.staff.selectors.matrix import permission_titles
from compliance.staff.services.role_changes import role_terms


@admin.register(Role)
class RoleAdmin(BookScreen[Role]):
    """The jobs of the house and what each may do. Changed by proposals that somebody else approves."""

    scope = HouseWide("Roles are the same for every brand; grants tell for which they count.")
    list_display = ("name", "code_text", "description", "rights", "limit")
    search_fields = ("code",)
    search_help_text = "Code of the role, exactly."
    ordering = ("name",)
    when_empty = "No role yet: `manage.py seed_roles` makes the thirteen of the house."
    facts = ((None, (("name", "code_text"), "description", ("limit", "networks"), ("conflict_names", "seed_state"))),)
    actions_detail = ("propose_change",)
    actions_detail_hide_default = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(right_count=Count("permissions"))
        return rows

    @admin.display(description="Code")
    def code_text(self, role: Role) -> str:
        return code(role.code)

    @admin.display(description="Rights")
    def rights(self, role: Any) -> str:
        return f"{role.right_count}"

    @admin.display(description="Adjustments up to")
    def limit(self, role: Role) -> str:
        return money(role.adjustment_max, settings.BASE_CURRENCY) if role.adjustment_max else "none"

    @admin.display(description="Counts from")
    def networks(self, role: Role) -> str:
        return ", ".join(role.allowed_networks) or "anywhere"

    @admin.display(description="Does not go with")
    def conflict_names(self, role: Role) -> str:
        return ", ".join(role_names(sorted(role.conflicts.values_list("code", flat=True)))) or NOTHING

    @admin.display(description="Seed")
    def seed_state(self, role: Role) -> str:
        if not role.seeded:
            return "not of the seeded ones"
        same = list(role.seeded["permissions"]) == list(role_terms(role).permissions)
        return "as seeded" if same else tag("changed since it was seeded", "info")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    def sections(self, request: HttpRequest, row: Role) -> Sequence[Section]:
        titles = permission_titles()
        names = sorted(role_terms(row).permissions, key=lambda name: (GROUPS.index(group_of(name)), titles[name]))
        rows = [
            (group_of(name), titles[name], tag("changes") if changes_something(name) else "sees", code(name))
            for name in names
        ]
        rights = Section("Rights", ("Part of the house", "Right", "", "Code"), rows, empty="It may do nothing yet.")
        return (rights, holders_section(row, utc_now()), timeline_section(request, row))

    def has_change_role_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose changes."""
        return self.may(request, "staff.propose_role_change", obj)

    @action(description="Propose a change", icon="edit", url_path="propose", permissions=["change_role"])
    def propose_change(self, request: HttpRequest, object_id: str) -> HttpResponse:
        role = self.get_object(request, object_id)

        def payload(row: Role, form: RoleForm) -> dict[str, Any]:
            return change_payload(role_code=row.code, terms=form.terms())

        words = "Tick what the role may do. Somebody else decides; holders have it with their next request."
        return proposed(
            self, request, object_id, kind=CHANGE, title=lambda row: f"Change the role “{row.name}”",
            explanation=words, payload_of=payload, form_class=role_form(role) if role is not None else RoleForm,
        )  # fmt: skip

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("matrix/", "staff_role_matrix", MatrixView.as_view(model_admin=self)),
            ("matrix/export/", "staff_role_matrix_export", export_matrix),
            ("matrix/holders/", "staff_role_holders_export", export_holders),
        )
