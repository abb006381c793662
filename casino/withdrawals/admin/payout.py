from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from casino.withdrawals.models import Payout
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.scope import PLAYER

VARIANTS = {"confirmed": "success", "failed": "danger", "returned": "danger", "unknown": "warning"}


@admin.register(Payout)
class PayoutAdmin(BookScreen[Payout]):
    """Every payment of a withdrawal, with its gateway and its entries in the ledger."""

    scope = PLAYER
    list_display = ("reference", "withdrawal_link", "out", "instrument", "gateway", "state_tag", "sent")
    list_select_related = ("withdrawal", "instrument")
    list_filter = (("state", ChoicesDropdownFilter),)
    search_fields = ("reference", "gateway_reference")
    search_help_text = "Our reference (W-…) or the gateway's, exactly."
    when_empty = "Nothing was ever paid out."
    facts = (
        (None, (("withdrawal_link", "state_tag"), ("out", "held_money"), ("fee_money", "margin_money"))),
        ("Way", (("instrument", "method"), ("gateway", "gateway_reference"), ("code", "text"))),
        ("Time", (("created", "sent"), ("ended",))),
        ("Ledger", (("settled", "returned"),)),
    )

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(reference=term) | queryset.filter(gateway_reference=term)

    @admin.display(description="Withdrawal")
    def withdrawal_link(self, row: Payout) -> str:
        return record_link("withdrawals.withdrawal", row.withdrawal_id, row.withdrawal.reference)

    @admin.display(description="State")
    def state_tag(self, row: Payout) -> str:
        return tag(row.get_state_display(), VARIANTS.get(row.state, "info"))

    @admin.display(description="Paid out")
    def out(self, row: Payout) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="Held for it")
    def held_money(self, row: Payout) -> str:
        return money(row.held, row.withdrawal.currency)

    @admin.display(description="Fee of the player")
    def fee_money(self, row: Payout) -> str:
        return money(row.fee, row.currency)

    @admin.display(description="Conversion margin")
    def margin_money(self, row: Payout) -> str:
        return money(row.margin, row.withdrawal.currency)

    @admin.display(description="Planned")
    def created(self, row: Payout) -> str:
        return instant(row.created_at)

    @admin.display(description="Sent")
    def sent(self, row: Payout) -> str:
        return instant(row.sent_at)

    @admin.display(description="Ended")
    def ended(self, row: Payout) -> str:
        return instant(row.ended_at)

    @admin.display(description="Booked out by")
    def settled(self, row: Payout) -> str:
        return record_link("wallet.transaction", row.settled_by, row.settled_by) if row.settled_by else NOTHING

    @admin.display(description="Booked back by")
    def returned(self, row: Payout) -> str:
        return record_link("wallet.transaction", row.returned_by, code(row.returned_by)) if row.returned_by else NOTHING
