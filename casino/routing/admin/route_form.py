"""The form in which a route is set."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from casino.gateways.enums import Purpose
from casino.gateways.registry import adapter_codes
from casino.routing.admin.fields import (
    MomentField,
    amount_field,
    brand_choices,
    choice_field,
    currencies_or_any,
    method_choices,
    number_or_none,
    purpose_choices,
    text_field,
)
from casino.routing.models import Route
from casino.routing.services.routes import RouteWish
from common.backoffice.confirmed import ReasonForm
from common.money import decimal_text


class RouteForm(ReasonForm):
    """A gateway that carries a method, for some players, a currency and a range of amounts."""

    method = choice_field("Method", method_choices)
    purpose = choice_field("Purpose", purpose_choices)
    gateway = choice_field("Gateway", lambda: [(code, code) for code in adapter_codes()])
    gateway_method = text_field("Its code of the method", "As the gateway's own documents call it.")
    brand = choice_field("Brand", brand_choices, required=False)
    country = forms.RegexField(
        r"^([A-Za-z]{2})?$", required=False, label="Country", widget=UnfoldAdminTextInputWidget,
        help_text="Two letters, such as GB; empty: any.",
    )  # fmt: skip
    segment = text_field("Segment", "A tag, or new or returning; empty: everybody.", most=40, required=False)
    currency = choice_field("Currency", currencies_or_any, required=False)
    amount_from = amount_field("Amounts from", "In the currency; empty: from nothing.")
    amount_below = amount_field("Amounts below", "Not in the range itself; empty: without end.")
    place = forms.IntegerField(
        min_value=0, max_value=1000, initial=1, widget=UnfoldAdminIntegerFieldWidget,
        help_text="Gateways of the least place are tried first.",
    )  # fmt: skip
    weight = forms.IntegerField(
        min_value=1, max_value=10_000, initial=100, widget=UnfoldAdminIntegerFieldWidget,
        help_text="Share of the payments among gateways of the same place.",
    )  # fmt: skip
    stop_codes = text_field(
        "Codes that end the payment", "The gateway's codes of declines after which no other is tried, with spaces.",
        most=500, required=False,
    )  # fmt: skip
    switched_on = forms.BooleanField(
        required=False, initial=True, label="On", widget=UnfoldBooleanSwitchWidget,
        help_text="Off: the gateway is not tried for these players, whatever wider routes say.",
    )  # fmt: skip
    starts_at = MomentField("Holds from (UTC)", "Empty: from now on.")
    ends_at = MomentField("Until (UTC)", "Empty: until another route takes its place.")
    field_order = ("method", "purpose", "gateway", "gateway_method", "brand", "country", "segment", "currency",
                   "amount_from", "amount_below", "place", "weight", "stop_codes", "switched_on", "starts_at",
                   "ends_at", "reason")  # fmt: skip

    def wish(self) -> RouteWish:
        """What was filled in."""
        data = self.cleaned_data
        return RouteWish(
            method=data["method"], purpose=Purpose(data["purpose"]), gateway=data["gateway"],
            gateway_method=data["gateway_method"], brand_id=number_or_none(data["brand"]),
            country=data["country"].upper(), segment=data["segment"].strip(), currency=data["currency"],
            amount_from=data["amount_from"], amount_below=data["amount_below"], place=data["place"],
            weight=data["weight"], stop_codes=tuple(data["stop_codes"].split()), switched_on=data["switched_on"],
            starts_at=data["starts_at"], ends_at=data["ends_at"],
        )  # fmt: skip


class EndForm(ReasonForm):
    """When a route ends."""

    at = MomentField("Ends at (UTC)", "Empty: now.")


def route_form(row: Route | None) -> type[RouteForm]:
    """The form, filled in with a route."""
    if row is None:
        return RouteForm
    known = {
        "method": row.method.code, "purpose": row.purpose, "gateway": row.gateway,
        "gateway_method": row.gateway_method, "brand": f"{row.brand_id or ''}", "country": row.country,
        "segment": row.segment, "currency": row.currency,
        "amount_from": decimal_text(row.amount_from) if row.amount_from is not None else "",
        "amount_below": decimal_text(row.amount_below) if row.amount_below is not None else "",
        "place": row.place, "weight": row.weight, "stop_codes": " ".join(row.stop_codes),
        "switched_on": row.switched_on,
    }  # fmt: skip

    class Filled(RouteForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.initial = {**known, **self.initial}

    return Filled
