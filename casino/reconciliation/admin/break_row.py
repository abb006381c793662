from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RelatedDropdownFilter
from unfold.decorators import action

from casino.reconciliation.admin.break_sections import break_sections
from casino.reconciliation.approval_kinds import CODE, correction_payload
from casino.reconciliation.enums import BreakKind, BreakState
from casino.reconciliation.models import Break
from casino.reconciliation.services.breaks import (
    break_ask,
    break_close,
    break_explain,
    break_own,
    break_reopen,
    break_write_off,
)
from casino.reconciliation.states import WAITING
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link

COLOUR: Final = {
    BreakState.OPEN: "danger", BreakState.EXPLAINED: "warning", BreakState.CORRECTED: "success",
    BreakState.WRITTEN_OFF: "info", BreakState.CLOSED: "success",
}  # fmt: skip


class OfAge(DropdownFilter):
    """By how long it stands."""

    title = "age"
    parameter_name = "age"
    AGES: Final = {"1": "A day and more", "3": "Three days and more", "7": "A week and more", "30": "A month and more"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.AGES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value not in self.AGES:
            return queryset
        return queryset.filter(since__lte=utc_now() - timedelta(days=int(value)))


class Whose(DropdownFilter):
    """Mine, nobody's, or those that wait at all."""

    title = "owner"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "Mine"), ("nobody", "Nobody's"), ("waiting", "All that wait")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "mine":
                return queryset.filter(owner_id=request.user.pk, state__in=WAITING)
            case "nobody":
                return queryset.filter(owner=None, state__in=WAITING)
            case "waiting":
                return queryset.filter(state__in=WAITING)
        return queryset


@admin.register(Break)
class BreakAdmin(BookScreen[Break]):
    """What a provider and our books do not agree about. Nothing is deleted: it is put right or explained."""

    scope = HouseWide("Finance reconciles a provider over all brands; what is booked by it keeps to the player's.")
    list_display = (
        "kind_word", "provider", "name_code", "amount_words", "cause_words", "age_words", "owner", "state_tag"
    )  # fmt: skip
    list_select_related = ("provider", "owner")
    search_fields = ("transaction_id",)
    search_help_text = "The provider's transaction or round, exactly."
    when_empty = "Providers and our books agree: there are no breaks."
    facts = (
        (None, (("kind_word", "state_tag"), ("provider", "amount_words"), ("cause",))),
        ("Whose", (("owner", "age_words"), ("found", "statement_link"))),
        ("Said", (("reason", "decided_by_whom"), ("decided",))),
    )  # fmt: skip
    actions_detail = ("correct", "own", "ask", "explain", "write_off", "close", "reopen")
    list_filter = (
        ("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter), ("provider", RelatedDropdownFilter), OfAge,
        Whose,
    )  # fmt: skip

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(transaction_id=term) | queryset.filter(round_reference=term)

    def sections(self, request: HttpRequest, row: Break) -> Sequence[Section]:
        return break_sections(row)

    @admin.display(description="What")
    def kind_word(self, row: Break) -> str:
        return BreakKind(row.kind).label

    @admin.display(description="Transaction")
    def name_code(self, row: Break) -> str:
        return code(row.transaction_id)

    @admin.display(description="In dispute")
    def amount_words(self, row: Break) -> str:
        return money(row.amount, row.currency) if row.currency else f"{row.amount.normalize():f}"

    @admin.display(description="Most likely")
    def cause_words(self, row: Break) -> str:
        return row.cause

    @admin.display(description="Age")
    def age_words(self, row: Break) -> str:
        days = (utc_now() - row.since).days
        return tag(f"{days} d", "danger" if days > 7 else "warning" if days > 2 else "")

    @admin.display(description="State")
    def state_tag(self, row: Break) -> str:
        return tag(row.get_state_display(), COLOUR[BreakState(row.state)])

    @admin.display(description="Found")
    def found(self, row: Break) -> str:
        return instant(row.opened_at)

    @admin.display(description="Statement")
    def statement_link(self, row: Break) -> str:
        where = f", line {row.line.number}" if row.line else ""
        return record_link("reconciliation.statement", row.statement_id, f"{row.statement}{where}")

    @admin.display(description="By")
    def decided_by_whom(self, row: Break) -> str:
        return actor_link(row.decided_by) if row.decided_by else NOTHING

    @admin.display(description="Decided")
    def decided(self, row: Break) -> str:
        return instant(row.decided_at)

    def has_resolve_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may say why."""
        return self.may(request, "reconciliation.resolve_break", obj)

    def has_write_off_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may let it be."""
        return self.may(request, "reconciliation.write_off_break", obj)

    def has_correct_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose a booking."""
        return self.may(request, "reconciliation.propose_correction", obj)

    @action(description="Propose a correction", icon="build", permissions=["correct"])
    def correct(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload_of(row: Break, _form: ProposalForm) -> Payload:
            return correction_payload(row=row)

        return proposed(
            self, request, object_id, kind=CODE, title=lambda row: f"Correct {row.transaction_id}?",
            explanation="It is booked by the service that the provider's own call would have used, once somebody else "
            "agrees. The next page shows exactly what.",
            payload_of=payload_of,
        )  # fmt: skip

    @action(description="Take it", icon="person", permissions=["resolve"])
    def own(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Break, _form: ReasonForm) -> str:
            break_own(break_id=row.pk, owner_id=int(str(request.user.pk)), actor=staff_actor(request), now=utc_now())
            return "It is yours."

        question = Question("Take this break?", "Colleagues see that you look into it.", "Take it")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Ask the provider", icon="forum", permissions=["resolve"])
    def ask(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "Note here what you asked, and where; the break stays where it is."
        return self._done(request, object_id, Question("The provider was asked?", words, "Note it"), "ask")

    @action(description="Explain", icon="comment", permissions=["resolve"])
    def explain(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "It stays in the list, with what you found out."
        return self._done(request, object_id, Question("Explain this break?", words, "Explain"), "explain")

    @action(description="Write off", icon="money_off", permissions=["write_off"])
    def write_off(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "Nothing is booked. Only what is worth no more than the provider's tolerance can be written off."
        return self._done(request, object_id, Question("Write this break off?", words, "Write off"), "write_off")

    @action(description="Close", icon="task_alt", permissions=["resolve"])
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "Nobody waits for it any more. Nothing is booked by closing."
        return self._done(request, object_id, Question("Close this break?", words, "Close"), "close")

    @action(description="Open again", icon="undo", permissions=["resolve"])
    def reopen(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "It waits for somebody again."
        return self._done(request, object_id, Question("Open this break again?", words, "Open"), "reopen")

    def _done(self, request: HttpRequest, object_id: str, question: Question, what: str) -> HttpResponse:
        def perform(row: Break, form: ReasonForm) -> str:
            reason, actor, now = form.cleaned_data["reason"], staff_actor(request), utc_now()
            if what == "ask":
                break_ask(break_id=row.pk, words=reason, actor=actor, now=now)
                return "It is noted that the provider was asked."
            service = {
                "explain": break_explain, "write_off": break_write_off, "close": break_close, "reopen": break_reopen
            }[what]  # fmt: skip
            done = service(break_id=row.pk, reason=reason, actor=actor, now=now)
            return f"The break is {done.get_state_display().lower()}."

        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )
