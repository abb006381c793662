"""What staff switch at a gateway: new deposits, new payouts, and the days that its row counts."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from casino.gateways.enums import Purpose
from casino.gateways.models import Gateway
from casino.gateways.services.gateways import gateway_days_set, gateway_purpose_set
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.clock import utc_now

GOES_ON: Final = "Messages, refunds and questions about what is under way go on."


class DaysForm(ReasonForm):
    """The days of a gateway's row."""

    settles_within = forms.IntegerField(
        min_value=1, max_value=60, widget=UnfoldAdminIntegerFieldWidget, label="Missing after days",
        help_text="A booking that is in no settlement file after so many days is a break.",
    )  # fmt: skip
    messages_kept = forms.IntegerField(
        min_value=90, max_value=7305, widget=UnfoldAdminIntegerFieldWidget, label="Messages kept for days",
        help_text="Then the content of what was worked off goes; that it came, and what became of it, stays.",
    )  # fmt: skip


class GatewaySwitches(BookScreen[Gateway]):
    """The buttons of a gateway's page; of each pair the one that changes something shows."""

    actions_detail = ("close_deposits", "open_deposits", "close_payouts", "open_payouts", "set_days")

    @action(description="Close to new deposits", url_path="close-deposits", icon="block", permissions=["switch"],
            variant=ActionVariant.DANGER)  # fmt: skip
    def close_deposits(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.DEPOSIT, to=False)

    @action(description="Open to deposits", url_path="open-deposits", icon="check_circle", permissions=["switch"])
    def open_deposits(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.DEPOSIT, to=True)

    @action(description="Close to new payouts", url_path="close-payouts", icon="block", permissions=["switch"],
            variant=ActionVariant.DANGER)  # fmt: skip
    def close_payouts(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.PAYOUT, to=False)

    @action(description="Open to payouts", url_path="open-payouts", icon="check_circle", permissions=["switch"])
    def open_payouts(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.PAYOUT, to=True)

    def _switch(self, request: HttpRequest, object_id: str, purpose: Purpose, *, to: bool) -> HttpResponse:
        things = "deposits" if purpose == Purpose.DEPOSIT else "payouts"

        def perform(row: Gateway, form: ReasonForm) -> str:
            gateway_purpose_set(
                code=row.code, purpose=purpose, to=to, reason=form.cleaned_data["reason"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{row} is {'open' if to else 'closed'} to new {things}."

        words = f"{'New' if to else 'No new'} {things} go through it from the very next one. {GOES_ON}"
        title = f"{'Open' if to else 'Close'} to new {things}?"
        question = Question(title, words, "Open" if to else "Close", dangerous=not to)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Set days", icon="event", permissions=["switch"])
    def set_days(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Gateway, form: DaysForm) -> str:
            told = form.cleaned_data
            gateway_days_set(
                code=row.code, settles_within=told["settles_within"], messages_kept=told["messages_kept"],
                reason=told["reason"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return "The days are set."

        def question(row: Gateway) -> Question:
            words = "They count from the next comparison and the next night on."
            facts = (
                ("Missing after days", row.settles_within_days), ("Messages kept for days", row.messages_kept_days)
            )  # fmt: skip
            return Question(f"Set the days of {row}?", words, "Set days", facts=facts)

        return confirmed(self, request, object_id, question=question, form_class=DaysForm, perform=perform)

    def has_switch_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may close a gateway to new payments, and open it."""
        return self.may(request, "gateways.switch_gateway", obj)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Of each pair the one that changes something."""
        row = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        if row is None:
            return []
        wanted = {
            "close_deposits" if row.deposits_open else "open_deposits",
            "close_payouts" if row.payouts_open else "open_payouts",
            "set_days",
        }
        return [one for one in found if any(str(one.action_name).endswith(name) for name in wanted)]
