from __future__ import annotations

from typing import Final

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from casino.cashier.admin.of_deposit import OfDepositScreen
from casino.cashier.enums import RefundState
from casino.cashier.models import Refund
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from compliance.audit.admin.links import actor_link

COLOUR: Final = {
    RefundState.WAITING: "warning", RefundState.SENT: "info", RefundState.DONE: "success", RefundState.FAILED: "danger"
}  # fmt: skip


@admin.register(Refund)
class RefundAdmin(OfDepositScreen[Refund]):
    """Deposits on their way back; failed ones of money that was never credited wait for people."""

    list_display = ("reference_code", "player_link", "deposit_link", "amount_of", "state_tag", "reason", "asked")
    list_filter = (("state", ChoicesDropdownFilter), ("origin", ChoicesDropdownFilter))
    when_empty = "Nothing was refunded yet."
    facts = (
        (None, (("player_link", "state_tag"), ("deposit_link", "amount_of"), ("origin", "reason"))),
        ("Who and when", (("asked_by_whom", "approval"), ("asked", "sent"), ("ended", "note_words"))),
        ("Where", (("gateway_code", "reference_code"), ("booked", "came_back"))),
    )  # fmt: skip

    @admin.display(description="Refund")
    def reference_code(self, row: Refund) -> str:
        return code(row.reference)

    @admin.display(description="Amount")
    def amount_of(self, row: Refund) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="State")
    def state_tag(self, row: Refund) -> str:
        return tag(row.get_state_display(), COLOUR[RefundState(row.state)])

    @admin.display(description="Asked for")
    def asked(self, row: Refund) -> str:
        return instant(row.created_at)

    @admin.display(description="Sent")
    def sent(self, row: Refund) -> str:
        return instant(row.sent_at) if row.sent_at else NOTHING

    @admin.display(description="Ended")
    def ended(self, row: Refund) -> str:
        return instant(row.ended_at) if row.ended_at else NOTHING

    @admin.display(description="Asked for by")
    def asked_by_whom(self, row: Refund) -> str:
        return actor_link(row.asked_by)

    @admin.display(description="Note")
    def note_words(self, row: Refund) -> str:
        return row.note or NOTHING

    @admin.display(description="Gateway's reference")
    def gateway_code(self, row: Refund) -> str:
        return code(row.gateway_reference) if row.gateway_reference else NOTHING

    @admin.display(description="Booked as")
    def booked(self, row: Refund) -> str:
        return _booked(row.transaction_id)

    @admin.display(description="Came back as")
    def came_back(self, row: Refund) -> str:
        return _booked(row.return_id)


def _booked(transaction_id: object) -> str:
    return record_link("wallet.transaction", transaction_id, code(transaction_id)) if transaction_id else NOTHING
