from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from casino.entrance.services.protection import register_pass
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, record_link, tag
from common.clock import utc_now
from common.scope import Scoping
from compliance.register.enums import ANSWERED, Occasion, RegisterOutcome
from compliance.register.models import RegisterLookup


@admin.register(RegisterLookup)
class RegisterLookupAdmin(BookScreen[RegisterLookup]):
    """Every question to a national register, with its outcome and how long it took. Nothing personal."""

    scope = Scoping(brand="brand_id", jurisdiction="jurisdiction", indexed=True)
    list_display = ("number", "asked", "register", "outcome_tag", "latency", "occasion", "whom", "reference_code")
    list_select_related = ("player",)
    list_filter = (
        ("outcome", ChoicesDropdownFilter),
        ("register", ChoicesDropdownFilter),
        ("occasion", ChoicesDropdownFilter),
    )
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, or the register's own number of the lookup, exactly."
    when_empty = "No register was asked yet: it happens at registration and sign-in, where the policy asks one."
    facts = (
        (None, (("whom", "outcome_tag"), ("register", "occasion"), ("asked", "latency"))),
        ("Answer", (("status", "reference_code"), "jurisdiction")),
    )
    actions_detail = ("ask_again",)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="No.")
    def number(self, row: RegisterLookup) -> str:
        return f"{row.pk}"

    @admin.display(description="Asked")
    def asked(self, row: RegisterLookup) -> str:
        return instant(row.asked_at)

    @admin.display(description="Outcome")
    def outcome_tag(self, row: RegisterLookup) -> str:
        outcome = RegisterOutcome(row.outcome)
        colour = "danger" if outcome == RegisterOutcome.MATCH else "success" if outcome in ANSWERED else "warning"
        return tag(outcome.label, colour)

    @admin.display(description="Took")
    def latency(self, row: RegisterLookup) -> str:
        return f"{row.latency_ms} ms"

    @admin.display(description="About")
    def whom(self, row: RegisterLookup) -> str:
        return record_link("players.player", row.player_id, row.player) if row.player_id else "an applicant"

    @admin.display(description="Register's number")
    def reference_code(self, row: RegisterLookup) -> str:
        return code(row.reference) if row.reference else NOTHING

    @action(description="Ask again", icon="sync", permissions=["ask"])
    def ask_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: RegisterLookup, _form: ReasonForm) -> str:
            assert row.player_id is not None
            answer = register_pass(
                player_id=row.player_id, occasion=Occasion.STAFF, actor=staff_actor(request), now=utc_now()
            )
            if not answer.required:
                return "The player's jurisdiction asks no register any more."
            return f"The register says: {RegisterOutcome(answer.outcome).label}."

        words = "Asks the register about the player now. The answer takes effect at once, whichever it is."
        question = Question("Ask the register again?", words, "Ask")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    def has_ask_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may ask by hand."""
        return self.may(request, "register.ask_register", object_id)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only where the question was about a player."""
        row = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        return found if row is not None and row.player_id is not None else []
