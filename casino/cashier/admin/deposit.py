from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action

from casino.cashier.admin.deposit_sections import deposit_sections
from casino.cashier.approval_kinds import REFUND, refund_payload
from casino.cashier.enums import DepositState
from casino.cashier.models import Deposit
from casino.cashier.services.asking import deposit_ask
from casino.cashier.services.endings import deposit_expire
from casino.cashier.services.refunds import refund_again
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.limits.admin.of_player import OfPlayerScreen

COLOUR: Final = {
    DepositState.CREDITED: "success", DepositState.CHARGEBACK_REVERSED: "success", DepositState.PENDING: "info",
    DepositState.AUTHORISED: "info", DepositState.CREATED: "info", DepositState.TO_REFUND: "warning",
    DepositState.REFUNDING: "warning", DepositState.CHARGED_BACK: "danger", DepositState.CHARGED_BACK_AGAIN: "danger",
    DepositState.REVERSED: "danger",
}  # fmt: skip


def state_tag(state: str) -> str:
    """A deposit's state in its colour."""
    return tag(DepositState(state).label, COLOUR.get(DepositState(state), ""))


@admin.register(Deposit)
class DepositAdmin(OfPlayerScreen[Deposit]):
    """Deposits: the way each took and why, its steps, its bookings, what gateways said."""

    list_display = (
        "reference_link",
        "player_link",
        "amount_of",
        "credit_of",
        "state_shown",
        "method",
        "gateway",
        "begun",
    )
    list_filter = (
        ("state", ChoicesDropdownFilter), ("created_at", RangeDateFilter), "gateway", "method", "is_first"
    )  # fmt: skip
    search_help_text = "Our reference or the gateway's, or the player's public id, exactly."
    when_empty = "No deposit was begun yet."
    facts = (
        (None, (("player_link", "state_shown"), ("amount_of", "credit_of"), ("fee_of", "conversion"))),
        ("Where", (("method", "gateway"), ("gateway_code", "instrument_link"), ("reference_code", "first"))),
        ("Time", (("begun", "changed"), ("credited_when", "expires_when"), "why_ended")),
    )
    actions_detail = ("ask", "expire", "refund", "send_again")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        named = queryset.filter(reference=term) | queryset.filter(gateway_reference=term)
        return named | queryset.filter(player__public_id=term)

    @admin.display(description="Deposit")
    def reference_link(self, row: Deposit) -> str:
        return code(row.reference)

    @admin.display(description="Reference")
    def reference_code(self, row: Deposit) -> str:
        return code(row.reference)

    @admin.display(description="Paid")
    def amount_of(self, row: Deposit) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="For the wallet")
    def credit_of(self, row: Deposit) -> str:
        return money(row.credit, row.credit_currency)

    @admin.display(description="Fee")
    def fee_of(self, row: Deposit) -> str:
        return money(row.fee, row.currency) if row.fee else NOTHING

    @admin.display(description="Conversion")
    def conversion(self, row: Deposit) -> str:
        if row.margin_row is None:
            return NOTHING
        rates = " and ".join(str(rate) for rate in (row.rate, row.credit_rate) if rate is not None)
        return f"{rates} for one unit of base; margin {row.margin_row}, {money(row.margin, row.credit_currency)}"

    @admin.display(description="State")
    def state_shown(self, row: Deposit) -> str:
        return state_tag(row.state)

    @admin.display(description="Gateway's reference")
    def gateway_code(self, row: Deposit) -> str:
        return code(row.gateway_reference) if row.gateway_reference else NOTHING

    @admin.display(description="Means of payment")
    def instrument_link(self, row: Deposit) -> str:
        return record_link("cashier.instrument", row.instrument_id, row.instrument) if row.instrument else NOTHING

    @admin.display(description="First deposit")
    def first(self, row: Deposit) -> str:
        return "yes" if row.is_first else "no"

    @admin.display(description="Begun")
    def begun(self, row: Deposit) -> str:
        return instant(row.created_at)

    @admin.display(description="Last changed")
    def changed(self, row: Deposit) -> str:
        return instant(row.changed_at)

    @admin.display(description="Credited")
    def credited_when(self, row: Deposit) -> str:
        return instant(row.credited_at) if row.credited_at else NOTHING

    @admin.display(description="Expires")
    def expires_when(self, row: Deposit) -> str:
        return instant(row.expires_at)

    @admin.display(description="Why it ended")
    def why_ended(self, row: Deposit) -> str:
        return row.code or NOTHING

    def sections(self, request: HttpRequest, row: Deposit) -> Sequence[Section]:
        return deposit_sections(row)

    def has_ask_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may ask the gateway about a deposit."""
        return self.may(request, "cashier.ask_deposit", obj)

    def has_expire_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may end an open deposit."""
        return self.may(request, "cashier.expire_deposit", obj)

    def has_refund_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose to refund a credited deposit, and send money in suspense back again."""
        return self.may(request, "cashier.propose_deposit_refund", obj)

    @action(description="Ask the gateway now", icon="quiz", permissions=["ask"])
    def ask(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the janitor does by itself, at once."""

        def perform(row: Deposit, _form: ReasonForm) -> str:
            lines = deposit_ask(deposit_id=row.pk, now=utc_now())
            return "The gateway does not answer." if lines is None else "; ".join(lines) or "It says nothing new."

        words = "What it says goes the way of its messages: confirmed money is credited."
        question = Question("Ask the gateway now?", words, "Ask")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Mark as expired", icon="timer_off", permissions=["expire"])
    def expire(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End an open deposit; its room under the limits is free again."""

        def perform(row: Deposit, form: ReasonForm) -> str:
            reason = f"Marked as expired: {form.cleaned_data['reason']}"
            deposit_expire(deposit_id=row.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return f"{row.reference} is expired."

        words = "Ask the gateway first. Money that is confirmed later is credited nevertheless."
        question = Question("Mark this deposit as expired?", words, "Mark as expired", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Propose a refund", icon="undo", permissions=["refund"])
    def refund(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The whole deposit goes back to where it came from, once somebody else agrees."""

        def payload_of(row: Deposit, _form: ProposalForm) -> Payload:
            return refund_payload(deposit=row)

        return proposed(
            self, request, object_id, kind=REFUND, title=lambda row: f"Refund {row.reference}?",
            explanation="It is taken from the player and sent back. What is spent already, the player owes.",
            payload_of=payload_of,
        )  # fmt: skip

    @action(description="Send back again", icon="redo", permissions=["refund"])
    def send_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A refund of money that was never credited, after the last one failed."""

        def perform(row: Deposit, form: ReasonForm) -> str:
            made = refund_again(
                deposit_id=row.pk, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return f"{made.reference} is sent within a minute."

        words = "The money lies apart and was never the player's. It goes back to where it came from."
        question = Question("Send it back again?", words, "Send")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )
