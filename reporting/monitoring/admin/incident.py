from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, record_link, tag
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link
from reporting.monitoring.admin.words import SEVERITIES
from reporting.monitoring.approval_kinds import LIFT, incident_lift_payload
from reporting.monitoring.enums import IncidentState, Severity
from reporting.monitoring.models import Incident
from reporting.monitoring.selectors.incidents import target_words
from reporting.monitoring.services.freezing import incident_lift


@admin.register(Incident)
class IncidentAdmin(BookScreen[Incident]):
    """What is frozen for a broken promise of the books, and what was."""

    scope = HouseWide("A broken promise of the books is the house's own, whomever it froze.")
    list_display = ("frozen", "promise", "severity_tag", "state_tag", "opened")
    list_select_related = ("player", "game", "provider")
    list_filter = (("state", ChoicesDropdownFilter), ("scope", ChoicesDropdownFilter))
    when_empty = "Nothing was ever frozen."
    facts = (
        (None, (("frozen", "state_tag"), ("promise", "severity_tag"), ("opened", "target"))),
        ("What is broken", (("row_words",), ("expected", "found"))),
        ("Lifted", (("lifted_by_whom", "lifted"), ("approval", "lift_reason"))),
    )
    actions_detail = ("lift",)

    @admin.display(description="Frozen")
    def frozen(self, incident: Incident) -> str:
        return target_words(incident)

    @admin.display(description="Page")
    def target(self, incident: Incident) -> str:
        if incident.player_id is not None:
            return record_link("players.player", incident.player_id, "The player")
        if incident.game_id is not None:
            return record_link("games.game", incident.game_id, "The game")
        return record_link("games.provider", incident.provider_id, "The provider")

    @admin.display(description="Row")
    def row_words(self, incident: Incident) -> str:
        return code(incident.row)

    @admin.display(description="Severity")
    def severity_tag(self, incident: Incident) -> str:
        return tag(incident.severity.upper(), SEVERITIES[Severity(incident.severity)])

    @admin.display(description="State")
    def state_tag(self, incident: Incident) -> str:
        return tag(incident.get_state_display(), "danger" if incident.state == IncidentState.OPEN else "success")

    @admin.display(description="Since")
    def opened(self, incident: Incident) -> str:
        return instant(incident.opened_at)

    @admin.display(description="Lifted by")
    def lifted_by_whom(self, incident: Incident) -> str:
        return actor_link(incident.lifted_by) if incident.lifted_by else NOTHING

    @admin.display(description="Lifted")
    def lifted(self, incident: Incident) -> str:
        return instant(incident.lifted_at)

    def has_lift_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may lift, or propose to."""
        return self.may(request, "monitoring.lift_incident", obj)

    @action(description="Lift", icon="lock_open", permissions=["lift"])
    def lift(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A P1 is proposed to a second person; the rest one person lifts with a reason."""
        incident = self.get_object(request, object_id)
        if incident is not None and incident.severity != Severity.P1:
            return self._lift_alone(request, object_id)

        def payload_of(row: Incident, _form: ProposalForm) -> Payload:
            return incident_lift_payload(incident=row)

        words = (
            "Play and payments open again once somebody else approved it. While the promise is broken, it freezes anew."
        )
        return proposed(
            self, request, object_id, kind=LIFT, explanation=words, payload_of=payload_of, form_class=ProposalForm,
            title=lambda row: f"Lift the freeze of {target_words(row)}",
        )  # fmt: skip

    def _lift_alone(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Any, form: ReasonForm) -> str:
            incident_lift(
                incident_id=row.pk, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return "The freeze is lifted."

        question = Question("Lift this freeze?", "Play opens again at once.", "Lift", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )
