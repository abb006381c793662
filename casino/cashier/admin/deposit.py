from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from casino.cashier.admin.deposit_actions import DepositActions
from casino.cashier.admin.deposit_sections import deposit_sections
from casino.cashier.enums import DepositState
from casino.cashier.models import Deposit
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.backoffice.sections import Section

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
class DepositAdmin(DepositActions):
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
