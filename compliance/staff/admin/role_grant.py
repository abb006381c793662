from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter
from unfold.decorators import action
from unfold.enums import ActionVariant

from common.backoffice.books import BookScreen
from common.backoffice.display import instant, record_link
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.audit.admin.timeline import timeline_section
from compliance.staff.admin.grant_rows import grant_end, grant_state
from compliance.staff.models import RoleGrant
from compliance.staff.proposals.grant import REVOKE, revoke_payload
from compliance.staff.selectors.grants import grants_standing
from compliance.staff.selectors.reach_words import reach_words


class Standing(DropdownFilter):
    """In force, or soon to end."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("standing", "In force"), ("over", "Ended or revoked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        standing = Q(pk__in=grants_standing(now=utc_now()).values("pk"))
        return {"standing": queryset.filter(standing), "over": queryset.exclude(standing)}.get(
            str(self.value()), queryset
        )


@admin.register(RoleGrant)
class RoleGrantAdmin(BookScreen[RoleGrant]):
    """Every grant that was ever made. Revoked, never edited; granted on the person's page."""

    scope = HouseWide("Who may do what is one list for the whole house.")
    list_display = ("number", "person", "role", "state", "reach", "granted", "until", "granted_by")
    list_select_related = ("staff", "role")
    list_filter = (Standing, ("role", RelatedDropdownFilter))
    search_fields = ("staff__username",)
    search_help_text = "User name, exactly."
    when_empty = "No role was ever granted: open a staff member and propose one."
    facts = (
        (None, (("person", "role"), ("state", "reach"), ("granted", "until"))),
        ("Why", (("granted_by", "approval"), "reason", ("revoked_by", "revoke_reason"))),
    )
    actions_detail = ("revoke",)
    actions_detail_hide_default = False

    @admin.display(description="No.")
    def number(self, grant: RoleGrant) -> str:
        return f"{grant.pk}"

    @admin.display(description="Person")
    def person(self, grant: RoleGrant) -> str:
        return record_link("staff.staffuser", grant.staff_id, grant.staff.username)

    @admin.display(description="State")
    def state(self, grant: RoleGrant) -> str:
        return grant_state(grant, utc_now())

    @admin.display(description="For")
    def reach(self, grant: RoleGrant) -> str:
        return reach_words(grant.brands, grant.jurisdictions) if grant.brands else reach_words([], grant.jurisdictions)

    @admin.display(description="Granted")
    def granted(self, grant: RoleGrant) -> str:
        return instant(grant.granted_at)

    @admin.display(description="Until")
    def until(self, grant: RoleGrant) -> str:
        return grant_end(grant)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(staff__username=term)

    def sections(self, request: HttpRequest, row: RoleGrant) -> Sequence[Section]:
        return (timeline_section(request, row),)

    def has_revoke_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose revocations."""
        return self.may(request, "staff.propose_role_grant", obj)

    @action(description="Revoke", icon="remove_moderator", permissions=["revoke"], variant=ActionVariant.DANGER)
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = (
            "Somebody else decides about it; then the person's next request is without the role."
            " In a hurry, switch the person off: that takes one."
        )
        return proposed(
            self, request, object_id, kind=REVOKE, title=lambda grant: f"Revoke “{grant.role}” of {grant.staff}",
            explanation=words, payload_of=lambda grant, _form: revoke_payload(grant_id=grant.pk),
            form_class=ProposalForm,
        )  # fmt: skip
