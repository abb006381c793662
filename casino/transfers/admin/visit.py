from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RelatedDropdownFilter
from unfold.decorators import action

from casino.transfers.admin.money import MoneyAtProvidersView
from casino.transfers.admin.visit_sections import visit_sections
from casino.transfers.enums import ReturnReason, VisitState
from casino.transfers.models import TransferVisit
from casino.transfers.services.journeys import visit_ask
from casino.transfers.services.launches import visit_leave
from casino.transfers.states import OPEN_VISITS
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, age, code, instant, money, record_link, span, tag
from common.backoffice.sections import Section
from common.backoffice.time_range import TimeRange
from common.clock import utc_now
from common.scope import PLAYER

VARIANTS = {
    VisitState.OPENING: "info",
    VisitState.AT_PROVIDER: "warning",
    VisitState.RETURNING: "info",
    VisitState.CLOSED: "success",
    VisitState.REFUSED: "danger",
    VisitState.ABORTED: "",
}


class Where(DropdownFilter):
    """Money that is out, or all that ever was."""

    title = "where"
    parameter_name = "where"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("out", "Out now"), ("disputed", "Disputed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "out":
            return queryset.filter(state__in=OPEN_VISITS)
        return queryset.filter(disputed=True) if self.value() == "disputed" else queryset


@admin.register(TransferVisit)
class TransferVisitAdmin(BookScreen[TransferVisit]):
    """Stays of players' money at providers; each page tells the stay call by call."""

    scope = PLAYER
    list_display = ("visit", "player_link", "provider", "state_tag", "sent_amount", "there", "result", "age_word")
    list_select_related = ("player", "provider", "game")
    list_filter = (
        Where, ("opened_at", TimeRange), ("state", ChoicesDropdownFilter), ("provider", RelatedDropdownFilter),
    )  # fmt: skip
    search_fields = ("reference",)
    search_help_text = "Our reference of the stay or of one of its transfers, or a player's public id, exactly."
    when_empty = "No money was at a provider yet."
    facts = (
        (None, (("visit", "state_tag"), ("player_link", "provider_link"), ("game_link", "hold_link"))),
        ("Money", (("sent_amount", "there"), ("back", "result"), ("disputed_word",))),
        ("Time", (("opened", "arrived"), ("returning", "closed"), ("why_back", "checked"))),
    )
    actions_detail = ("bring_back", "ask_provider")
    has_time_line = True

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("money/", "transfers_transfervisit_money", MoneyAtProvidersView.as_view(model_admin=self)),)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        for wanted in ({"reference": term}, {"legs__reference": term}):
            if (found := queryset.filter(**wanted)).exists():
                return found
        return queryset.filter(player__public_id=term)

    @admin.display(description="Stay")
    def visit(self, visit: TransferVisit) -> str:
        return code(visit.reference)

    @admin.display(description="Player")
    def player_link(self, visit: TransferVisit) -> str:
        return record_link("players.player", visit.player_id, visit.player)

    @admin.display(description="Provider")
    def provider_link(self, visit: TransferVisit) -> str:
        return record_link("games.provider", visit.provider_id, visit.provider)

    @admin.display(description="Game")
    def game_link(self, visit: TransferVisit) -> str:
        return record_link("games.game", visit.game_id, visit.game)

    @admin.display(description="Hold")
    def hold_link(self, visit: TransferVisit) -> str:
        return record_link("wallet.hold", visit.hold_id, f"Hold {visit.hold_id}")

    @admin.display(description="State")
    def state_tag(self, visit: TransferVisit) -> str:
        return tag(visit.get_state_display(), VARIANTS[VisitState(visit.state)])

    @admin.display(description="Sent")
    def sent_amount(self, visit: TransferVisit) -> str:
        return money(visit.sent, visit.currency)

    @admin.display(description="There, last told")
    def there(self, visit: TransferVisit) -> str:
        return money(visit.seen_balance, visit.currency) if visit.state == VisitState.AT_PROVIDER else NOTHING

    @admin.display(description="Came back")
    def back(self, visit: TransferVisit) -> str:
        return money(visit.returned, visit.currency)

    @admin.display(description="Player's result")
    def result(self, visit: TransferVisit) -> str:
        return NOTHING if visit.returned is None else money(visit.returned - visit.sent, visit.currency)

    @admin.display(description="Amounts")
    def disputed_word(self, visit: TransferVisit) -> str:
        return tag("the provider told another amount", "danger") if visit.disputed else tag("agree", "success")

    @admin.display(description="Age")
    def age_word(self, visit: TransferVisit) -> str:
        if visit.state in OPEN_VISITS:
            return age(visit.opened_at, utc_now())
        assert visit.closed_at is not None
        return span((visit.closed_at - visit.opened_at).total_seconds())

    @admin.display(description="Opened")
    def opened(self, visit: TransferVisit) -> str:
        return instant(visit.opened_at)

    @admin.display(description="Arrived")
    def arrived(self, visit: TransferVisit) -> str:
        return instant(visit.arrived_at)

    @admin.display(description="Called back")
    def returning(self, visit: TransferVisit) -> str:
        return instant(visit.returning_at)

    @admin.display(description="Ended")
    def closed(self, visit: TransferVisit) -> str:
        return instant(visit.closed_at)

    @admin.display(description="Looked at")
    def checked(self, visit: TransferVisit) -> str:
        return instant(visit.checked_at)

    @admin.display(description="Why it comes back")
    def why_back(self, visit: TransferVisit) -> str:
        if not visit.return_reason:
            return NOTHING
        words = ReturnReason(visit.return_reason).label
        return f"{words}: {visit.return_note}" if visit.return_note else words

    def sections(self, request: HttpRequest, row: TransferVisit) -> Sequence[Section]:
        return visit_sections(row)

    def has_bring_back_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may fetch a player's money."""
        return self.may(request, "transfers.bring_back", obj)

    def has_ask_provider_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may ask a provider."""
        return self.may(request, "transfers.ask_provider", obj)

    @action(description="Bring back now", icon="undo", permissions=["bring_back"])
    def bring_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: TransferVisit, form: Form) -> str:
            visit = visit_leave(
                visit_id=row.pk, reason=ReturnReason.STAFF, note=form.cleaned_data["reason"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            done = visit.state == VisitState.CLOSED
            return "The money is back." if done else f"It is not back yet: {visit.get_state_display().lower()}."

        words = "The player's game ends, and everything that is left there comes back to the player's balance."
        question = Question("Bring this money back now?", words, "Bring back")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Ask the provider", icon="contact_support", permissions=["ask_provider"])
    def ask_provider(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: TransferVisit, _form: Form) -> str:
            return visit_ask(visit=row, actor=staff_actor(request), now=utc_now())

        words = "What became of a transfer that is under way is asked and booked; otherwise what the player has there."
        question = Question("Ask the provider?", words, "Ask")
        return confirmed(self, request, object_id, question=lambda _row: question, form_class=Form, perform=perform)
