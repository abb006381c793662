from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import BooleanRadioFilter
from unfold.decorators import action
from unfold.enums import ActionVariant

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.audit.admin.timeline import timeline_section
from compliance.signin.approval_kinds import FACTOR_RESET, factor_reset_payload
from compliance.signin.services.invitations import invitable
from compliance.staff.admin.grant_forms import GrantForm, PersonEditForm, PersonForm
from compliance.staff.admin.grant_rows import conflicts_section, grants_section
from compliance.staff.admin.invitation_page import Inviting
from compliance.staff.models import StaffUser
from compliance.staff.proposals.grant import GRANT, grant_payload
from compliance.staff.selectors.grants import grants_standing
from compliance.staff.services.people import staff_activate, staff_add, staff_deactivate, staff_edit

STANDING = "standing_grants"


@admin.register(StaffUser)
class StaffUserAdmin(Inviting, ListScreen[StaffUser]):
    """People of the back office. They are switched off, not deleted: their names stand in histories."""

    scope = HouseWide("People work for the house; what they see of it is told by their grants.")
    list_display = ("username", "full_name", "roles", "state", "seen")
    list_filter = (("is_active", BooleanRadioFilter),)
    search_fields = ("username",)
    search_help_text = "User name or personnel number, exactly."
    when_empty = "Nobody works here yet: `manage.py staff_first <username>` makes the first administrator."
    facts = (
        (None, (("username", "state"), ("first_name", "last_name"), ("email", "personnel_number"))),
        ("Work", (("roles", "seen"), "joined")),
    )
    actions_detail = ("invite", "grant_role", "reset_factor", "switch_off", "switch_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        standing = grants_standing(now=utc_now()).select_related("role").order_by("role__name", "pk")
        rows = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("grants", queryset=standing, to_attr=STANDING))

    @admin.display(description="Name")
    def full_name(self, person: StaffUser) -> str:
        return person.get_full_name() or NOTHING

    @admin.display(description="Roles")
    def roles(self, person: StaffUser) -> str:
        names = dict.fromkeys(grant.role.name for grant in getattr(person, STANDING))
        return ", ".join(names) or tag("none", "warning")

    @admin.display(description="State")
    def state(self, person: StaffUser) -> str:
        if not person.is_active:
            return tag("Switched off", "danger")
        return tag("No password yet", "warning") if invitable(person) else tag("Active", "success")

    @admin.display(description="Last sign-in")
    def seen(self, person: StaffUser) -> str:
        return instant(person.last_login) if person.last_login else "never"

    @admin.display(description="Joined")
    def joined(self, person: StaffUser) -> str:
        return instant(person.date_joined)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        named = queryset.filter(username=term)
        return named if named.exists() else queryset.filter(personnel_number=term.upper())

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT002 - Django's
        return super().get_form(request, obj, change, form=PersonForm if obj is None else PersonEditForm, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if obj is not None:
            return super().get_fieldsets(request, obj)
        names = ("username", ("first_name", "last_name"), "email", "personnel_number", "reason")
        return ((None, {"fields": names}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        fixed = ("username", "state", "roles", "seen", "joined")
        return (*fixed, "personnel_number") if obj.personnel_number else fixed

    def save_model(self, request: HttpRequest, obj: StaffUser, form: Any, change: bool) -> None:
        data, actor, now = form.cleaned_data, staff_actor(request), utc_now()
        names = {name: data[name] for name in ("first_name", "last_name", "email")}
        number = data.get("personnel_number", "")
        if change:
            staff_edit(staff_id=obj.pk, personnel_number=number, actor=actor, now=now, **names)
            return
        made = staff_add(
            username=data["username"], personnel_number=number, reason=data["reason"], actor=actor, now=now, **names,
        )  # fmt: skip
        obj.pk = made.pk
        obj.refresh_from_db()
        messages.info(request, f"{made.username} has no password yet: make an invitation and hand the link over.")

    def sections(self, request: HttpRequest, row: StaffUser) -> Sequence[Section]:
        now = utc_now()
        return (grants_section(row, now), conflicts_section(row, now), timeline_section(request, row))

    def has_switch_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may switch people off and on."""
        return self.may(request, "staff.change_staffuser", obj)

    def has_grant_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose grants."""
        return self.may(request, "staff.propose_role_grant", obj)

    @action(description="Grant a role", icon="add_moderator", url_path="grant", permissions=["grant"])
    def grant_role(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload(person: StaffUser, form: GrantForm) -> dict[str, Any]:
            data = form.cleaned_data
            return grant_payload(
                staff_id=person.pk, role_code=data["role"].code, brands=[brand.pk for brand in data["brands"]],
                jurisdictions=data["jurisdictions"], valid_until=form.valid_until(),
            )  # fmt: skip

        words = "Somebody else decides about it, and sees which roles the person holds and what does not go together."
        return proposed(
            self, request, object_id, kind=GRANT, title=lambda person: f"Grant a role to {person.username}",
            explanation=words, payload_of=payload, form_class=GrantForm,
        )  # fmt: skip

    def has_reset_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose to reset a second factor."""
        return self.may(request, "staff.propose_factor_reset", obj)

    @action(description="Reset the second factor", icon="lock_reset", url_path="reset-factor", permissions=["reset"])
    def reset_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload(person: StaffUser, _form: ProposalForm) -> dict[str, Any]:
            return dict(factor_reset_payload(person=person))

        words = (
            "For a colleague who lost it. Once somebody else approved it, every session ends and the next sign-in sets"
            " up a new factor. Make sure, face to face, that it is the colleague who asks."
        )
        return proposed(
            self, request, object_id, kind=FACTOR_RESET, title=lambda row: f"Reset the second factor of {row.username}",
            explanation=words, payload_of=payload, form_class=ProposalForm,
        )  # fmt: skip

    @action(
        description="Switch off", icon="person_off", url_path="switch-off", permissions=["switch"],
        variant=ActionVariant.DANGER,
    )  # fmt: skip
    def switch_off(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "Every session ends with its next request. Roles stay on record; revoke them if the person has left."
        return self._switch(request, object_id, "Switch off", words, staff_deactivate)

    @action(description="Switch on", icon="person_check", url_path="switch-on", permissions=["switch"])
    def switch_on(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "The person may sign in again, with the roles that still stand."
        return self._switch(request, object_id, "Switch on", words, staff_activate)

    def _switch(self, request: HttpRequest, object_id: str, verb: str, words: str, service: Any) -> HttpResponse:
        def question(person: StaffUser) -> Question:
            return Question(f"{verb} {person.username}?", words, verb, dangerous=verb == "Switch off")

        def perform(person: StaffUser, form: ReasonForm) -> str:
            reason = form.cleaned_data["reason"]
            service(staff_id=person.pk, actor=staff_actor(request), reason=reason, now=utc_now())
            return f"{verb}: {person.username}. Reason: {reason}"

        return confirmed(
            self, request, object_id, question=question, form_class=ReasonForm, perform=perform, step_up=True
        )

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the switch that fits the person's state, and the invitation of who needs one."""
        person = self.get_object(request, object_id)
        wrong = {"switch_on" if person is not None and person.is_active else "switch_off"}
        if person is None or not invitable(person):
            wrong.add("invite")
        hidden = {f"staff_staffuser_{name}" for name in wrong}
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        return [item for item in found if item.action_name not in hidden]
