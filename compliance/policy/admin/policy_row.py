from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, lines, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.types import Payload
from compliance.policy.admin.in_force import InForceView, export_in_force, in_force_address
from compliance.policy.admin.row_form import RowForm, row_form
from compliance.policy.approval_kinds import KIND
from compliance.policy.catalogue import CATALOGUE
from compliance.policy.keys import PolicyKey
from compliance.policy.local_time import local_words
from compliance.policy.models import PolicyRow
from compliance.policy.selectors.explanation import jurisdictions_known, value_words
from compliance.policy.selectors.policies import KNOWN, policy_of
from compliance.signin.step_up import step_up_required

MOST_ROWS = 50
STATES = {"in_force": ("In force", "success"), "to_come": ("To come", "info"), "past": ("Past", "")}


class OfJurisdiction(DropdownFilter):
    """By jurisdiction, those that have rows."""

    title = "jurisdiction"
    parameter_name = "jurisdiction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in jurisdictions_known()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(jurisdiction=self.value()) if self.value() else queryset


class OfKey(DropdownFilter):
    """By key."""

    title = "key"
    parameter_name = "key"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key.value, CATALOGUE[key].title) for key in PolicyKey]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(key=self.value()) if self.value() else queryset


class OfChecking(DropdownFilter):
    """By whether somebody read it in its source."""

    title = "source seen"
    parameter_name = "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "verified"), ("no", "not verified")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verified=self.value() == "yes") if self.value() else queryset


@admin.register(PolicyRow)
class PolicyRowAdmin(BookScreen[PolicyRow]):
    """Regulated numbers as dated rows. Never edited: a new row, agreed by two, takes an earlier one's place."""

    scope = HouseWide("The rules of a licence are public; who works for one brand reads them like everybody.")
    list_display = ("number", "jurisdiction", "what", "value_text", "state", "since", "checked")
    list_filter = (OfJurisdiction, OfKey, OfChecking)
    search_fields = ("key",)
    search_help_text = "Name of the key, such as limit.periods, exactly."
    when_empty = "No row of policy: `manage.py migrate` writes the first ones."
    facts = (
        (None, (("jurisdiction", "what"), ("value_text", "state"), "meaning")),
        ("Time and source", (("since", "since_there"), ("written", "agreed"), ("source", "checked"))),
    )
    actions_detail = ("propose",)
    list_before_template = "admin/policy/list_head.html"

    @admin.display(description="No.")
    def number(self, row: PolicyRow) -> str:
        return f"{row.pk}"

    @admin.display(description="What")
    def what(self, row: PolicyRow) -> str:
        return lines([CATALOGUE[PolicyKey(row.key)].title if row.key in KNOWN else NOTHING, code(row.key)])

    @admin.display(description="Value")
    def value_text(self, row: PolicyRow) -> str:
        return value_words(row.key, row.value)

    @admin.display(description="Meaning")
    def meaning(self, row: PolicyRow) -> str:
        return CATALOGUE[PolicyKey(row.key)].meaning if row.key in KNOWN else NOTHING

    @admin.display(description="State")
    def state(self, row: PolicyRow) -> str:
        now = utc_now()
        holds = policy_of(jurisdiction=row.jurisdiction, now=now).rows.get(PolicyKey(row.key))
        name = "to_come" if row.effective_from > now else "in_force" if holds and holds.id == row.pk else "past"
        return tag(*STATES[name])

    @admin.display(description="Since")
    def since(self, row: PolicyRow) -> str:
        return instant(row.effective_from)

    @admin.display(description="There")
    def since_there(self, row: PolicyRow) -> str:
        zone = policy_of(jurisdiction=row.jurisdiction, now=row.effective_from).zone
        return f"{local_words(row.effective_from, zone)} in {zone.key}"

    @admin.display(description="Written")
    def written(self, row: PolicyRow) -> str:
        return instant(row.created_at)

    @admin.display(description="Agreed by")
    def agreed(self, row: PolicyRow) -> str:
        if row.approval_id is None:
            return "came with the product"
        return record_link("approvals.approval", row.approval_id, f"Approval {row.approval_id}")

    @admin.display(description="Source seen")
    def checked(self, row: PolicyRow) -> str:
        return tag("verified", "success") if row.verified else tag("not verified", "warning")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(key=term.lower())

    def sections(self, request: HttpRequest, row: PolicyRow) -> Sequence[Section]:
        rows = PolicyRow.objects.filter(jurisdiction=row.jurisdiction, key=row.key).order_by("-effective_from")
        table = [
            (record_link("policy.policyrow", other.pk, f"No. {other.pk}"), value_words(other.key, other.value),
             self.state(other), instant(other.effective_from), other.source, self.checked(other))
            for other in rows[:MOST_ROWS]
        ]  # fmt: skip
        links = [("All that holds there", in_force_address(row.jurisdiction))]
        headers = ("Row", "Value", "State", "Since", "Source", "")
        return (Section("This key there, the latest first", headers, table, empty="", links=links),)

    def has_propose_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may propose a row."""
        return self.may(request, "policy.propose_policyrow", object_id)

    @action(description="Propose a new value", icon="edit_calendar", permissions=["propose"])
    @step_up_required
    def propose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None or row.key not in KNOWN:
            raise Http404("There is no such record.")

        def payload_of(_row: PolicyRow, form: RowForm) -> Payload:
            payload: Payload = form.cleaned_data["payload"]
            return payload

        facts = CATALOGUE[PolicyKey(row.key)]
        return proposed(
            self, request, object_id, kind=KIND, title=lambda _row: f"Propose a row: {facts.title}",
            explanation=f"{facts.meaning} Nothing that holds is edited: the new row takes its place at its instant.",
            payload_of=payload_of, form_class=row_form(row),
        )  # fmt: skip

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("in-force/", "policy_policyrow_in_force", InForceView.as_view(model_admin=self)),
            ("in-force/export/", "policy_policyrow_in_force_export", export_in_force),
        )
