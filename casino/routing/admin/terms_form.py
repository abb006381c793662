"""The form in which terms of a method are proposed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from casino.gateways.enums import Purpose
from casino.routing.admin.fields import (
    AmountsField,
    MomentField,
    amount_field,
    brand_choices,
    choice_field,
    currencies,
    method_choices,
    number_or_none,
    purpose_choices,
    text_field,
)
from casino.routing.approval_kinds import terms_payload
from casino.routing.enums import FeePayer
from casino.routing.models import MethodTerms
from casino.routing.services.terms import Terms
from common.errors import Refusal
from common.money import decimal_text
from compliance.approvals.admin.proposal_forms import ProposalForm


class TermsForm(ProposalForm):
    """Terms for some players, from an instant on, in place of those that hold for the same players then."""

    method = choice_field("Method", method_choices)
    purpose = choice_field("Purpose", purpose_choices)
    currency = choice_field("Currency", currencies)
    brand = choice_field("Brand", brand_choices, required=False)
    country = text_field("Country", "Two capitals, such as GB; empty: any.", most=2, required=False)
    segment = text_field("Segment", "A tag, or new or returning; empty: everybody.", most=40, required=False)
    offered = forms.BooleanField(
        required=False, initial=True, widget=UnfoldBooleanSwitchWidget,
        help_text="Switched off: the method is not offered to them, whatever wider terms say.",
    )  # fmt: skip
    minimum = amount_field("Minimum", "In the currency.", required=True)
    maximum = amount_field("Maximum", "Empty: none.")
    fee_percent = amount_field("Fee in percent", "1.5 is 1.5 %; empty: none.")
    fee_fixed = amount_field("Fixed fee", "In the currency, beside the percentage; empty: none.")
    fee_payer = choice_field("Who pays the fee", lambda: [(word.value, word.label) for word in FeePayer])
    first_presets = AmountsField(
        required=False, label="Suggested for a first deposit", widget=UnfoldAdminTextInputWidget, max_length=200,
        help_text="Amounts with spaces between.",
    )  # fmt: skip
    presets = AmountsField(
        required=False, label="Suggested later", widget=UnfoldAdminTextInputWidget, max_length=200,
        help_text="Amounts with spaces between.",
    )  # fmt: skip
    place = forms.IntegerField(
        min_value=0, max_value=1000, initial=100, label="Order on screen", widget=UnfoldAdminIntegerFieldWidget
    )
    starts_at = MomentField("Holds from (UTC)", "Empty: from the moment at which it is approved.")
    ends_at = MomentField("Until (UTC)", "Empty: until other terms take their place.")
    field_order = ("method", "purpose", "currency", "brand", "country", "segment")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                data["payload"] = terms_payload(_terms(data))
            except Refusal as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return data


def terms_form(row: MethodTerms | None) -> type[TermsForm]:
    """The form, filled in with a row's terms."""
    if row is None:
        return TermsForm
    known = {
        "method": row.method.code, "purpose": row.purpose, "currency": row.currency,
        "brand": f"{row.brand_id or ''}", "country": row.country, "segment": row.segment, "offered": row.offered,
        "minimum": decimal_text(row.minimum), "maximum": decimal_text(row.maximum) if row.maximum is not None else "",
        "fee_percent": decimal_text(row.fee_percent), "fee_fixed": decimal_text(row.fee_fixed),
        "fee_payer": row.fee_payer, "first_presets": _words(row.first_presets), "presets": _words(row.presets),
        "place": row.place,
    }  # fmt: skip

    class Filled(TermsForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.initial = {**known, **self.initial}

    return Filled


def _words(amounts: list[Decimal]) -> str:
    return " ".join(decimal_text(amount) for amount in amounts)


def _terms(data: dict[str, Any]) -> Terms:
    return Terms(
        method=data["method"], purpose=Purpose(data["purpose"]), currency=data["currency"],
        brand_id=number_or_none(data["brand"]), country=data["country"].upper(), segment=data["segment"].strip(),
        offered=data["offered"], minimum=data["minimum"], maximum=data["maximum"],
        fee_percent=data["fee_percent"] or Decimal(0), fee_fixed=data["fee_fixed"] or Decimal(0),
        fee_payer=FeePayer(data["fee_payer"]), first_presets=data["first_presets"], presets=data["presets"],
        place=data["place"], starts_at=data["starts_at"], ends_at=data["ends_at"],
    )  # fmt: skip
