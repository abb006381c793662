from __future__ import annotations

from datetime import timedelta

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from common.backoffice.confirmed import Question, confirmed, staff_actor
from common.backoffice.display import NOTHING, age, instant, money, tag
from common.clock import utc_now
from compliance.audit.admin.links import actor_link
from compliance.limits.admin.forms import DecideForm
from compliance.limits.admin.of_player import OfPlayerScreen
from compliance.limits.enums import CaseKind, CaseState
from compliance.limits.models import CareCase
from compliance.limits.services.care_cases import care_case_decide

DECIDE = "limits.decide_carecase"
COLOUR = {CaseState.OPEN: "warning", CaseState.CLEARED: "success", CaseState.CONCERN: "danger"}
# After so long an open case is late.
SLA = {CaseKind.AFFORDABILITY: timedelta(hours=24), CaseKind.VULNERABILITY: timedelta(hours=72)}
SLA_OTHERS = timedelta(hours=48)


@admin.register(CareCase)
class CareCaseAdmin(OfPlayerScreen[CareCase]):
    """What figures ask of people: open ones first, the oldest on top, late ones in red."""

    list_display = ("number", "player_link", "kind_tag", "state_tag", "waits", "reached", "over")
    list_filter = (("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter))
    when_empty = "No player deposited, or allowed himself, so much that somebody must look."
    facts = (
        (None, (("player_link", "state_tag"), ("kind_tag", "waits"), ("reached", "over"), ("window_words", "row"))),
        ("Decision", (("decided", "decided_by_whom"), ("affordable", "used_until"), "words")),
    )
    actions_detail = ("decide",)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-state", "pk")  # "open" comes last in the alphabet

    @admin.display(description="Kind")
    def kind_tag(self, row: CareCase) -> str:
        return tag(row.get_kind_display(), "info")

    @admin.display(description="State")
    def state_tag(self, row: CareCase) -> str:
        return tag(row.get_state_display(), COLOUR[CaseState(row.state)])

    @admin.display(description="Waits")
    def waits(self, row: CareCase) -> str:
        if row.state != CaseState.OPEN:
            return NOTHING
        now = utc_now()
        late = now - row.opened_at > SLA.get(CaseKind(row.kind), SLA_OTHERS)
        return tag(f"{_days(now - row.opened_at)}, late", "danger") if late else age(row.opened_at, now)

    @admin.display(description="Reached")
    def reached(self, row: CareCase) -> str:
        return money(row.figure, row.currency)

    @admin.display(description="Allowed without it")
    def over(self, row: CareCase) -> str:
        return money(row.threshold, row.currency)

    @admin.display(description="Counted over")
    def window_words(self, row: CareCase) -> str:
        words = {"rolling_30d": "30 days", "calendar_month": "the calendar month", "limit": "the limit itself"}
        return words.get(row.window, row.window)

    @admin.display(description="Policy row")
    def row(self, row: CareCase) -> str:
        return f"no. {row.policy_row_id}" if row.policy_row_id else NOTHING

    @admin.display(description="Decided")
    def decided(self, row: CareCase) -> str:
        return instant(row.decided_at)

    @admin.display(description="By")
    def decided_by_whom(self, row: CareCase) -> str:
        return actor_link(row.decided_by) if row.decided_by else NOTHING

    @admin.display(description="Affordable a month")
    def affordable(self, row: CareCase) -> str:
        return money(row.allowed, row.currency)

    @admin.display(description="Used again until")
    def used_until(self, row: CareCase) -> str:
        return instant(row.valid_until)

    @admin.display(description="Rationale")
    def words(self, row: CareCase) -> str:
        return row.rationale or NOTHING

    def has_decide_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may decide."""
        return self.may(request, DECIDE, obj)

    @action(description="Decide", url_path="decide", icon="fact_check", permissions=["decide"])
    def decide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close the check with what it rests on."""

        def question(row: CareCase) -> Question:
            facts = (("Reached", self.reached(row)), ("Allowed without it", self.over(row)))
            words = "The decision stays as it is. A check that was made is used again for twelve months."
            return Question(f"Decide {row}?", words, "Decide", facts=facts)

        def perform(row: CareCase, form: DecideForm) -> str:
            data = form.cleaned_data
            done = care_case_decide(
                case_id=row.pk, cleared=data["outcome"] == "cleared", rationale=data["rationale"],
                allowed=data["allowed"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{done}: {done.get_state_display().lower()}."

        return confirmed(self, request, object_id, question=question, form_class=DecideForm, perform=perform)


def _days(length: timedelta) -> str:
    return f"{length.days} d" if length.days else f"{int(length.total_seconds() // 3600)} h"
