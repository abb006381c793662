from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, record_link, tag
from common.clock import utc_now
from common.scope import Scoping
from compliance.audit.admin.links import actor_link
from compliance.gate.enums import FlagKind
from compliance.harm.admin.forms import ReviewForm
from compliance.harm.enums import ReviewOutcome
from compliance.harm.models import Step
from compliance.harm.services.steps import step_review


@admin.register(Step)
class StepAdmin(BookScreen[Step]):
    """What was done automatically because of a strong marker. A person reviews each (GDPR-06)."""

    scope = Scoping(brand="case__player__brand_id", jurisdiction="case__player__jurisdiction")
    list_display = ("number", "player_link", "what", "taken", "in_time_tag", "review_tag")
    list_select_related = ("case__player",)
    list_filter = (("review", ChoicesDropdownFilter),)
    search_fields = ("case__player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "Nothing was done automatically yet."
    facts = (
        (None, (("player_link", "case_link"), ("what", "flag_link"), ("evident", "taken"), ("due", "in_time_tag"))),
        ("Review", (("review_tag", "reviewer"), "judgement")),
    )
    actions_detail = ("review_step",)

    @admin.display(description="No.")
    def number(self, step: Step) -> str:
        return f"{step.pk}"

    @admin.display(description="Player")
    def player_link(self, step: Step) -> str:
        return record_link("players.player", step.case.player_id, step.case.player)

    @admin.display(description="Case")
    def case_link(self, step: Step) -> str:
        return record_link("harm.case", step.case_id, f"No. {step.case_id}")

    @admin.display(description="Flag")
    def flag_link(self, step: Step) -> str:
        return record_link("gate.flag", step.flag_id, f"No. {step.flag_id}")

    @admin.display(description="What was done")
    def what(self, step: Step) -> str:
        return FlagKind(step.kind).label

    @admin.display(description="Reviewed by")
    def reviewer(self, step: Step) -> str:
        return actor_link(step.reviewed_by)

    @admin.display(description="Judgement")
    def judgement(self, step: Step) -> str:
        return step.review_words or NOTHING

    @admin.display(description="Evident")
    def evident(self, step: Step) -> str:
        return instant(step.evident_at)

    @admin.display(description="Taken")
    def taken(self, step: Step) -> str:
        return instant(step.taken_at)

    @admin.display(description="Due")
    def due(self, step: Step) -> str:
        return instant(step.due_at)

    @admin.display(description="In time")
    def in_time_tag(self, step: Step) -> str:
        return tag("in time", "success") if step.in_time else tag("late", "danger")

    @admin.display(description="Review")
    def review_tag(self, step: Step) -> str:
        if not step.review:
            return tag("waits for a person", "warning")
        return tag(ReviewOutcome(step.review).label, "success" if step.review == ReviewOutcome.UPHELD else "danger")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(case__player__public_id=term)

    def has_review_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may review."""
        return self.may(request, "harm.review_step", object_id)

    @action(description="Review", icon="rate_review", permissions=["review"])
    def review_step(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(step: Step, form: ReviewForm) -> str:
            data = form.cleaned_data
            step_review(
                step_id=step.pk, outcome=ReviewOutcome(data["outcome"]), words=data["words"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return "Reviewed. Lifting the flag itself is proposed on the flag's page, and agreed by somebody else."

        words = "Was it right to do this to the player without a person? Your judgement and its reason are kept."
        return confirmed(
            self, request, object_id, question=lambda _step: Question("Review the automatic step", words, "Record"),
            form_class=ReviewForm, perform=perform,
        )  # fmt: skip
