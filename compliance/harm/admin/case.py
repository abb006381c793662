from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action
from unfold.enums import ActionVariant

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, record_link, span, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import PLAYER
from compliance.audit.admin.links import actor_link
from compliance.harm.admin.case_sections import (
    assessments_section,
    findings_section,
    interactions_section,
    overrides_section,
    steps_section,
)
from compliance.harm.admin.forms import CloseForm, InteractionForm, OverrideForm
from compliance.harm.enums import CaseState, Channel, Tier
from compliance.harm.models import Case
from compliance.harm.services.assessments import players_waiting
from compliance.harm.services.cases import case_close, case_override
from compliance.harm.services.interactions import interaction_record

TIER_VARIANT = {Tier.LOW: "", Tier.MEDIUM: "info", Tier.HIGH: "warning", Tier.SEVERE: "danger"}


@admin.register(Case)
class CaseAdmin(BookScreen[Case]):
    """Players who may come to harm: the highest level first, then what is due soonest. Closed cases come last."""

    scope = PLAYER
    list_display = ("number", "player_link", "level", "points", "why", "due", "acted", "state_tag")
    list_select_related = ("player", "assessment")
    list_filter = (("state", ChoicesDropdownFilter), ("tier", ChoicesDropdownFilter))
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    list_before_template = "admin/harm/list_head.html"
    ordering = ("-state", "-rank", "due_at")  # type: ignore[assignment]  # as Django has it; open before closed
    when_empty = "No player's behaviour asks for a case. Cases open by themselves; nobody adds one."
    facts = (
        (None, (("player_link", "level"), ("points", "state_tag"), ("due", "acted"))),
        ("Words", ("review_asked", ("closed", "closer"), "came_to")),
    )
    actions_detail = ("interact", "override", "close")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"waiting": players_waiting()} | (extra_context or {}))

    @admin.display(description="No.")
    def number(self, case: Case) -> str:
        return f"{case.pk}"

    @admin.display(description="Player")
    def player_link(self, case: Case) -> str:
        return record_link("players.player", case.player_id, case.player)

    @admin.display(description="Level")
    def level(self, case: Case) -> str:
        tier = Tier(case.tier)
        return tag(tier.label, TIER_VARIANT.get(tier, ""))

    @admin.display(description="Points")
    def points(self, case: Case) -> str:
        return f"{case.score}"

    @admin.display(description="First reason")
    def why(self, case: Case) -> str:
        found = sorted(case.assessment.findings, key=lambda one: (not one["strong"], -one["points"]))
        return str(found[0]["words"]) if found else NOTHING

    @admin.display(description="Due")
    def due(self, case: Case) -> str:
        left = (case.due_at - utc_now()).total_seconds()
        if case.state == CaseState.CLOSED or case.first_acted_at is not None:
            late = (case.first_acted_at or case.closed_at or case.due_at) > case.due_at
            return tag("acted late", "warning") if late else "acted in time"
        return tag(f"{span(-left)} late", "danger") if left < 0 else tag(f"in {span(left)}", "info")

    @admin.display(description="First acted")
    def acted(self, case: Case) -> str:
        return instant(case.first_acted_at)

    @admin.display(description="State")
    def state_tag(self, case: Case) -> str:
        if case.state == CaseState.CLOSED:
            return tag("Closed")
        return tag("Review asked", "danger") if case.review_asked_at else tag("Open", "success")

    @admin.display(description="Review asked by the player")
    def review_asked(self, case: Case) -> str:
        return f"{case.review_asked_at:%Y-%m-%d %H:%M} UTC: {case.review_words}" if case.review_asked_at else NOTHING

    @admin.display(description="Closed")
    def closed(self, case: Case) -> str:
        return instant(case.closed_at)

    @admin.display(description="Closed by")
    def closer(self, case: Case) -> str:
        return actor_link(case.closed_by)

    @admin.display(description="Outcome")
    def came_to(self, case: Case) -> str:
        return case.outcome or NOTHING

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    def sections(self, request: HttpRequest, row: Case) -> Sequence[Section]:
        return (
            findings_section(row.assessment), steps_section(row), interactions_section(row), overrides_section(row),
            assessments_section(row),
        )  # fmt: skip

    def has_interact_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may record an interaction."""
        return self.may(request, "harm.record_interaction", object_id)

    def has_override_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may set the level by hand."""
        return self.may(request, "harm.override_tier", object_id)

    def has_close_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may close a case."""
        return self.may(request, "harm.close_case", object_id)

    @action(description="Record an interaction", icon="forum", variant=ActionVariant.PRIMARY, permissions=["interact"])
    def interact(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(case: Case, form: InteractionForm) -> str:
            data = form.cleaned_data
            interaction_record(
                case_id=case.pk, channel=Channel(data["channel"]), seen=data["seen"], done=data["done"],
                answer=data["answer"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return "Recorded. What changes after 7 and 30 days will be counted."

        words = "What was seen, done and heard. It is kept as it stands, and what changes afterwards is counted."
        return confirmed(
            self, request, object_id, question=lambda _case: Question("Record an interaction", words, "Record"),
            form_class=InteractionForm, perform=perform,
        )  # fmt: skip

    @action(description="Set the level", icon="swap_vert", permissions=["override"])
    def override(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(case: Case, form: OverrideForm) -> str:
            data = form.cleaned_data
            case_override(
                case_id=case.pk, tier=Tier(data["tier"]), reason=data["reason"], actor=staff_actor(request),
                now=utc_now(),
            )  # fmt: skip
            return "The level is set. It rises again by itself if the behaviour gets worse."

        words = "It orders the queue anew. Blocks that stand stay: lifting them is for two people."
        return confirmed(
            self, request, object_id, question=lambda _case: Question("Set the level by hand", words, "Set"),
            form_class=OverrideForm, perform=perform,
        )  # fmt: skip

    @action(description="Close", icon="task_alt", permissions=["close"])
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(case: Case, form: CloseForm) -> str:
            case_close(case_id=case.pk, outcome=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now())
            return "The case is closed."

        words = "Blocks that stand stay, and a new case opens when the behaviour asks for it."
        return confirmed(
            self, request, object_id, question=lambda _case: Question("Close the case?", words, "Close"),
            form_class=CloseForm, perform=perform,
        )  # fmt: skip
