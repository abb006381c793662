"""The buttons of a deposit's page: each appears where the state lets it and the person's right does."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from casino.cashier.approval_kinds import REFUND, refund_payload
from casino.cashier.enums import DepositState, RefundState
from casino.cashier.models import Deposit
from casino.cashier.services.asking import deposit_ask
from casino.cashier.services.endings import deposit_expire
from casino.cashier.services.refunds import refund_again
from casino.cashier.states import OPEN
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.clock import utc_now
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.limits.admin.of_player import OfPlayerScreen


class DepositActions(OfPlayerScreen[Deposit]):
    """What colleagues do about a deposit; the services ask once more whether it may be done."""

    actions_detail = ("ask", "expire", "refund", "send_again")

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the buttons that lead somewhere from here."""
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        row = Deposit.objects.filter(pk=int(object_id)).first()
        if row is None:
            return []
        lies_here = row.state == DepositState.TO_REFUND
        leads = {
            "ask": row.tries.exists(),
            "expire": row.state in OPEN,
            "refund": row.state == DepositState.CREDITED,
            "send_again": lies_here and not row.refunds.exclude(state=RefundState.FAILED).exists(),
        }
        return [one for one in found if leads[str(one.action_name).rpartition("cashier_deposit_")[2]]]

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
