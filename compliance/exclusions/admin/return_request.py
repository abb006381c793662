from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, record_link, span, tag
from common.clock import utc_now
from common.scope import Scoping
from compliance.audit.admin.links import actor_link
from compliance.exclusions.admin.forms import ContactForm
from compliance.exclusions.enums import ReturnState
from compliance.exclusions.models import ReturnRequest
from compliance.exclusions.selectors.return_queue import RETURN_SLA, next_step
from compliance.exclusions.services.returns import return_contact, return_grant, return_keep

STEPS: Final = ("contact", "grant", "keep")


class OfState(DropdownFilter):
    """What waits, unless everything is asked for."""

    title = "state"
    parameter_name = "state"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(value), str(label)) for value, label in ReturnState.choices), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value() or ReturnState.WAITING.value
        return queryset if wanted == "all" else queryset.filter(state=wanted)


@admin.register(ReturnRequest)
class ReturnRequestAdmin(BookScreen[ReturnRequest]):
    """The queue of players who want to return, the oldest first. Nobody returns without a contact."""

    scope = Scoping(brand="exclusion__brand_id", jurisdiction="exclusion__jurisdiction")
    ordering = ("pk",)
    list_display = ("number", "player_link", "age_tag", "step", "waits_until", "contacted", "state_label")
    list_select_related = ("player", "exclusion")
    list_filter = (OfState,)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "Nobody waits. The filter shows requests that ended."
    facts = (
        (None, (("player_link", "state_label"), ("exclusion_link", "step"))),
        ("Time", (("asked", "age_tag"), ("waits_until", "ended"))),
        ("Contact", (("contacted", "contacted_by_whom"), "contact_words")),
        ("End", (("ended_by_whom", "end_words"),)),
    )
    actions_detail = STEPS

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="No.")
    def number(self, row: ReturnRequest) -> str:
        return f"{row.pk}"

    @admin.display(description="Player")
    def player_link(self, row: ReturnRequest) -> str:
        if row.player_id is None:
            return tag("Without an account")
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="Exclusion")
    def exclusion_link(self, row: ReturnRequest) -> str:
        return record_link("exclusions.exclusion", row.exclusion_id, row.exclusion)

    @admin.display(description="Waits since")
    def age_tag(self, row: ReturnRequest) -> str:
        waited = (row.ended_at or utc_now()) - row.asked_at
        late = row.state == ReturnState.WAITING and row.contacted_at is None and waited > RETURN_SLA
        soon = row.state == ReturnState.WAITING and row.contacted_at is None and waited > RETURN_SLA * 0.75
        return tag(span(waited.total_seconds()), "danger" if late else "warning" if soon else "")

    @admin.display(description="Next step")
    def step(self, row: ReturnRequest) -> str:
        return next_step(row, now=utc_now())

    @admin.display(description="Waiting time until")
    def waits_until(self, row: ReturnRequest) -> str:
        return instant(row.cooling_off_until)

    @admin.display(description="Asked")
    def asked(self, row: ReturnRequest) -> str:
        return instant(row.asked_at)

    @admin.display(description="Contact")
    def contacted(self, row: ReturnRequest) -> str:
        return instant(row.contacted_at)

    @admin.display(description="By")
    def contacted_by_whom(self, row: ReturnRequest) -> str:
        return actor_link(row.contacted_by) if row.contacted_by else NOTHING

    @admin.display(description="What was said")
    def contact_words(self, row: ReturnRequest) -> str:
        return row.contact_note or NOTHING

    @admin.display(description="State")
    def state_label(self, row: ReturnRequest) -> str:
        return state_tag(row)

    @admin.display(description="Ended")
    def ended(self, row: ReturnRequest) -> str:
        return instant(row.ended_at)

    @admin.display(description="Ended by")
    def ended_by_whom(self, row: ReturnRequest) -> str:
        return actor_link(row.ended_by) if row.ended_by else NOTHING

    @admin.display(description="Why")
    def end_words(self, row: ReturnRequest) -> str:
        return row.end_reason or NOTHING

    @action(description="Record contact", icon="call", permissions=["handle"])
    def contact(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: ReturnRequest, form: ContactForm) -> str:
            return_contact(request_id=row.pk, note=form.cleaned_data["note"], actor=staff_actor(request), now=utc_now())
            return "The contact is recorded."

        words = "Record the talk in which the player asked to return. It is kept as it is and can not be changed."
        question = Question("Record the contact", words, "Record")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ContactForm, perform=perform
        )

    @action(description="Let return", icon="lock_open", permissions=["handle"])
    def grant(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: ReturnRequest, form: ReasonForm) -> str:
            return_grant(
                request_id=row.pk, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            whom = row.player or "The person"
            return f"{whom} may come back, as far as this exclusion goes."

        words = "The exclusion is over from now on, in every account of the person. Other exclusions stay."
        question = Question("Let the player return?", words, "Let return", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Keep excluded", icon="front_hand", permissions=["handle"])
    def keep(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: ReturnRequest, form: ReasonForm) -> str:
            return_keep(
                request_id=row.pk, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return "The exclusion stays. The player may ask again."

        words = "The talk showed that the player should not play. The exclusion stays as it is."
        question = Question("Keep the player excluded?", words, "Keep excluded")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    def has_handle_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who handles requests to return."""
        return self.may(request, "exclusions.handle_return", object_id)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the steps that are possible now."""
        row = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        open_ = row is not None and row.state == ReturnState.WAITING
        spoken = open_ and row.contacted_at is not None
        possible = {
            "contact": open_ and not spoken,
            "grant": spoken and row.cooling_off_until <= utc_now(),
            "keep": spoken,
        }
        return [item for item in found if possible.get(item.action_name.rpartition("_")[2], True)]


def state_tag(row: ReturnRequest) -> str:
    """The state in its colour."""
    colour = {ReturnState.WAITING: "warning", ReturnState.RETURNED: "success", ReturnState.KEPT: "danger"}
    return tag(row.get_state_display(), colour.get(ReturnState(row.state), ""))
