from __future__ import annotations

from typing import Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from casino.cashier.admin.of_deposit import OfDepositScreen
from casino.cashier.enums import ChargebackState
from casino.cashier.models import Chargeback
from casino.cashier.services.chargebacks import evidence_sent
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.clock import utc_now
from compliance.audit.admin.links import actor_link

COLOUR: Final = {
    ChargebackState.ANNOUNCED: "warning", ChargebackState.BOOKED: "danger", ChargebackState.REVERSED: "success"
}  # fmt: skip


@admin.register(Chargeback)
class ChargebackAdmin(OfDepositScreen[Chargeback]):
    """Disputes of deposits: until when evidence may be sent, what was taken and what is owed."""

    list_display = ("number_of", "player_link", "deposit_link", "disputed", "taken_of", "owed_of", "state_tag", "due")
    list_filter = (("state", ChoicesDropdownFilter),)
    ordering = ("evidence_due",)
    when_empty = "No deposit was disputed."
    facts = (
        (None, (("player_link", "state_tag"), ("deposit_link", "disputed"), ("taken_of", "owed_of"))),
        ("Why", (("code_words", "text_words"),)),
        ("Time", (("opened", "due"), ("booked_when", "reversed_when"), "evidence")),
        ("Where", (("gateway_code", "booked"), "came_back")),
    )
    actions_detail = ("evidence_done",)

    @admin.display(description="No.")
    def number_of(self, row: Chargeback) -> str:
        return f"{row.pk}"

    @admin.display(description="Disputed")
    def disputed(self, row: Chargeback) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="Taken")
    def taken_of(self, row: Chargeback) -> str:
        return money(row.taken, row.deposit.credit_currency)

    @admin.display(description="Of which owed")
    def owed_of(self, row: Chargeback) -> str:
        return money(row.owed, row.deposit.credit_currency)

    @admin.display(description="State")
    def state_tag(self, row: Chargeback) -> str:
        return tag(row.get_state_display(), COLOUR[ChargebackState(row.state)])

    @admin.display(description="Evidence due")
    def due(self, row: Chargeback) -> str:
        if row.evidence_sent_at is not None:
            return tag("sent", "success")
        if row.state == ChargebackState.REVERSED:
            return NOTHING
        left = (row.evidence_due - utc_now().date()).days
        return tag(row.evidence_due.isoformat(), "danger" if left < 2 else "warning" if left < 5 else "")

    @admin.display(description="Reason code")
    def code_words(self, row: Chargeback) -> str:
        return row.code or NOTHING

    @admin.display(description="In words")
    def text_words(self, row: Chargeback) -> str:
        return row.text or NOTHING

    @admin.display(description="Opened")
    def opened(self, row: Chargeback) -> str:
        return instant(row.opened_at)

    @admin.display(description="Booked")
    def booked_when(self, row: Chargeback) -> str:
        return instant(row.booked_at) if row.booked_at else NOTHING

    @admin.display(description="Reversed")
    def reversed_when(self, row: Chargeback) -> str:
        return instant(row.reversed_at) if row.reversed_at else NOTHING

    @admin.display(description="Evidence")
    def evidence(self, row: Chargeback) -> str:
        if row.evidence_sent_at is None:
            return NOTHING
        return f"{instant(row.evidence_sent_at)} by {actor_link(row.evidence_sent_by)}"

    @admin.display(description="Gateway's reference")
    def gateway_code(self, row: Chargeback) -> str:
        return code(row.gateway_reference) if row.gateway_reference else NOTHING

    @admin.display(description="Booked as")
    def booked(self, row: Chargeback) -> str:
        return _booked(row.transaction_id)

    @admin.display(description="Came back as")
    def came_back(self, row: Chargeback) -> str:
        return _booked(row.reversal_id)

    def has_evidence_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may record that evidence was sent."""
        return self.may(request, "cashier.send_chargeback_evidence", obj)

    @action(description="Evidence was sent", icon="outgoing_mail", permissions=["evidence"])
    def evidence_done(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Kept with who and when."""

        def perform(row: Chargeback, form: ReasonForm) -> str:
            evidence_sent(
                chargeback_id=row.pk, note=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return "Noted: evidence was sent."

        question = Question("Was evidence sent?", "Say what was sent, and how.", "Note it")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )


def _booked(transaction_id: object) -> str:
    return record_link("wallet.transaction", transaction_id, code(transaction_id)) if transaction_id else NOTHING
