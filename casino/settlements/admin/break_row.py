from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from casino.settlements.approval_kinds import WRITE_OFF, write_off_payload
from casino.settlements.enums import BreakKind, BreakState
from casino.settlements.models import Break
from casino.settlements.services.breaks import break_decide
from casino.settlements.services.write_off_booking import write_off_standing
from casino.settlements.states import BREAKS
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link

VARIANTS: Final = {
    BreakState.OPEN: "danger",
    BreakState.EXPLAINED: "warning",
    BreakState.CLOSED: "info",
    BreakState.SETTLED: "success",
}


@admin.register(Break)
class BreakAdmin(BookScreen[Break]):
    """What files and ledger do not agree about. Nothing is deleted: it comes right, or somebody says why."""

    scope = HouseWide("A gateway settles for the house as a whole; a line that nobody knows is of no brand.")
    list_display = ("kind_word", "amount_words", "gateway", "names", "age_words", "state_tag", "reason")
    list_select_related = ("line__file", "movement")
    list_filter = (("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter))
    search_fields = ("line__reference",)
    search_help_text = "Our reference on the line or of the booking, exactly."
    when_empty = "Files and ledger agree: there are no breaks."
    facts = (
        (None, (("kind_word", "state_tag"), ("amount_words", "age_words"), ("gateway", "names"))),
        ("Where", (("file_link", "transaction_link"),)),
        ("Said", (("reason", "decided_by_whom"), ("decided", "opened"), "written_off")),
    )
    actions_detail = ("explain", "close", "write_off", "reopen")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(line__reference=term) | queryset.filter(movement__reference=term)

    @admin.display(description="What")
    def kind_word(self, row: Break) -> str:
        return BreakKind(row.kind).label

    @admin.display(description="Files have more by")
    def amount_words(self, row: Break) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="Reference")
    def names(self, row: Break) -> str:
        of = row.line or row.movement
        return code(of.reference or of.gateway_reference) if of else NOTHING

    @admin.display(description="Age")
    def age_words(self, row: Break) -> str:
        days = (utc_now().date() - row.since).days
        return tag(f"{days} d", "danger" if days > 7 else "warning" if days > 2 else "")

    @admin.display(description="State")
    def state_tag(self, row: Break) -> str:
        return tag(row.get_state_display(), VARIANTS[BreakState(row.state)])

    @admin.display(description="File")
    def file_link(self, row: Break) -> str:
        if row.line is None:
            return NOTHING
        return record_link("settlements.settlementfile", row.line.file_id, f"{row.line.file}, line {row.line.number}")

    @admin.display(description="Booking")
    def transaction_link(self, row: Break) -> str:
        if row.movement is None:
            return NOTHING
        return record_link("wallet.transaction", row.movement.transaction_id, row.movement.get_kind_display())

    @admin.display(description="By")
    def decided_by_whom(self, row: Break) -> str:
        return actor_link(row.decided_by) if row.decided_by else NOTHING

    @admin.display(description="Decided")
    def decided(self, row: Break) -> str:
        return instant(row.decided_at)

    @admin.display(description="Found")
    def opened(self, row: Break) -> str:
        return instant(row.opened_at)

    @admin.display(description="Written off")
    def written_off(self, row: Break) -> str:
        links = [
            format_html(
                "{} {}", "booked back:" if one.undoes_id else "booked:",
                record_link("wallet.transaction", one.transaction_id, instant(one.at)),
            )
            for one in row.write_offs.order_by("pk")
        ]  # fmt: skip
        return format_html_join(", ", "{}", ((one,) for one in links)) if links else NOTHING

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the buttons that lead somewhere from here."""
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        row = Break.objects.filter(pk=int(object_id)).first()
        if row is None:
            return []
        after, standing = BREAKS[BreakState(row.state)], write_off_standing(row) is not None
        leads = {
            "explain": BreakState.EXPLAINED in after,
            "close": BreakState.CLOSED in after,
            "write_off": row.state != BreakState.SETTLED and not standing,
            "reopen": BreakState.OPEN in after and not standing,
        }
        return [one for one in found if any(str(one.action_name).endswith(f"_{name}") and fits
                                            for name, fits in leads.items())]  # fmt: skip

    def has_propose_write_off_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose to write it off."""
        return self.may(request, "settlements.propose_write_off", obj)

    @action(description="Propose a write-off", icon="money_off", permissions=["propose_write_off"])
    def write_off(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Booked out of clearing and closed, once somebody else agrees."""

        def payload_of(row: Break, _form: ProposalForm) -> Payload:
            return write_off_payload(row=row)

        return proposed(
            self, request, object_id, kind=WRITE_OFF, title=lambda row: f"Write off {row}?",
            explanation="It leaves clearing as a gain or a loss of the house. If its other half comes, it is booked"
            " back by itself.", payload_of=payload_of,
        )  # fmt: skip

    def has_resolve_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may say why."""
        return self.may(request, "settlements.resolve_break", obj)

    @action(description="Explain", icon="comment", permissions=["resolve"])
    def explain(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "It stays in the list, with what you found out."
        return self._decide(request, object_id, BreakState.EXPLAINED, Question("Explain this break?", words, "Explain"))

    @action(description="Close", icon="task_alt", permissions=["resolve"])
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "Nobody waits for it any more. Nothing is booked by closing: that is a write-off, by two people."
        return self._decide(request, object_id, BreakState.CLOSED, Question("Close this break?", words, "Close"))

    @action(description="Open again", icon="undo", permissions=["resolve"])
    def reopen(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "It waits for somebody again."
        return self._decide(request, object_id, BreakState.OPEN, Question("Open this break again?", words, "Open"))

    def _decide(self, request: HttpRequest, object_id: str, state: BreakState, question: Question) -> HttpResponse:
        def perform(row: Break, form: ReasonForm) -> str:
            decided = break_decide(
                break_id=row.pk, state=state, reason=form.cleaned_data["reason"], actor=staff_actor(request),
                now=utc_now(),
            )  # fmt: skip
            return f"The break is {decided.get_state_display().lower()}."

        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )
