from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from casino.gateways.admin.filters import OfGateway
from casino.gateways.enums import Standing
from casino.gateways.models import GatewayCall
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, precise, tag
from common.backoffice.time_range import TimeRange
from common.scope import HouseWide

STANDINGS: Final = {
    Standing.DONE: "success",
    Standing.AUTHORISED: "success",
    Standing.REDIRECT: "info",
    Standing.PENDING: "info",
    Standing.DECLINED: "warning",
    Standing.UNKNOWN: "danger",
}


@admin.register(GatewayCall)
class GatewayCallAdmin(BookScreen[GatewayCall]):
    """Every call of ours to a payment gateway: written before it goes out, answered once. No secrets, no names."""

    scope = HouseWide("Calls are known by the payment's reference alone, of every brand.")
    list_display = ("called", "gateway_code", "what_word", "reference_code", "standing_tag", "reason_code", "took")
    list_filter = (
        ("called_at", TimeRange), OfGateway, ("what", ChoicesDropdownFilter), ("standing", ChoicesDropdownFilter),
    )  # fmt: skip
    search_fields = ("reference",)
    search_help_text = "The payment's reference (D-…, W-…), exactly."
    when_empty = "No gateway was called yet."
    facts = (
        (None, (("called", "gateway_code"), ("what_word", "purpose_word"), ("reference_code", "theirs"))),
        ("Answer", (("standing_tag", "reason_code"), "took")),
    )

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(reference=term)

    @admin.display(description="Called")
    def called(self, call: GatewayCall) -> str:
        return precise(call.called_at)

    @admin.display(description="Gateway")
    def gateway_code(self, call: GatewayCall) -> str:
        return code(call.gateway)

    @admin.display(description="Call")
    def what_word(self, call: GatewayCall) -> str:
        return call.get_what_display()

    @admin.display(description="Purpose")
    def purpose_word(self, call: GatewayCall) -> str:
        return call.get_purpose_display()

    @admin.display(description="Payment")
    def reference_code(self, call: GatewayCall) -> str:
        return code(call.reference)

    @admin.display(description="At the gateway")
    def theirs(self, call: GatewayCall) -> str:
        return code(call.gateway_reference)

    @admin.display(description="Answer")
    def standing_tag(self, call: GatewayCall) -> str:
        if not call.sent:
            return tag("Not sent")
        if not call.standing:
            return tag("Never came back", "danger")
        return tag(call.get_standing_display(), STANDINGS[Standing(call.standing)])

    @admin.display(description="Code")
    def reason_code(self, call: GatewayCall) -> str:
        return code(call.code)

    @admin.display(description="Took")
    def took(self, call: GatewayCall) -> str:
        return NOTHING if call.ms is None or not call.sent else f"{call.ms:,} ms"
