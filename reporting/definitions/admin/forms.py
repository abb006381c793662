"""The forms of new rows. What the row may not be, its payload says in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from casino.games.models import Provider
from common.currencies import currency_choices
from common.errors import Refusal
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from reporting.definitions.approval_kinds import definition_payload, duty_payload, fee_payload


class RowForm(ProposalForm):
    """What is the same for every row; `payload` is made of the rest when all is well."""

    valid_from = forms.DateField(
        label="Holds from",
        widget=UnfoldAdminDateWidget,
        help_text="A day to come: what was reported keeps its meaning.",
    )
    source = forms.CharField(
        max_length=300, widget=UnfoldAdminTextInputWidget, help_text="The law, the contract, or whose decision it is."
    )
    verified = forms.BooleanField(
        required=False, label="Seen in the source", widget=UnfoldBooleanSwitchWidget,
        help_text="Leave it off for what still has to be checked.",
    )  # fmt: skip

    def payload_of(self, data: Mapping[str, Any]) -> Payload:
        """The row that is proposed. Raises a Refusal whose `problem` says what is wrong."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            data["payload"] = self.payload_of(data)
        except Refusal as refusal:
            words = refusal.details.get("problem", "")
            raise forms.ValidationError(f"{refusal.message} {words[:1].upper()}{words[1:]}.") from refusal
        return data


def _common(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("valid_from", "source", "verified")}


class DefinitionForm(RowForm):
    """A definition's next version."""

    title = forms.CharField(max_length=100, widget=UnfoldAdminTextInputWidget)
    formula = forms.CharField(
        max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Measures, {codes}, numbers, + - * / ( ), max, min, abs, sqrt. See docs/definitions.md.",
    )  # fmt: skip
    about = forms.CharField(max_length=500, required=False, widget=UnfoldAdminTextInputWidget)
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    field_order = ("title", "formula", "about", "valid_from", "source", "verified", "reason", "ticket")

    def payload_of(self, data: Mapping[str, Any]) -> Payload:
        return definition_payload(
            code=data["code"], title=data["title"], formula=data["formula"], about=data["about"], **_common(data)
        )


class DutyForm(RowForm):
    """A duty's next rate."""

    title = forms.CharField(max_length=100, widget=UnfoldAdminTextInputWidget)
    rate = forms.CharField(
        max_length=12, widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
        help_text="As a share of 1: 0.21 is 21 %.",
    )  # fmt: skip
    base = forms.CharField(max_length=40, widget=UnfoldAdminTextInputWidget, help_text="Code of a definition.")
    jurisdiction = forms.CharField(max_length=8, widget=forms.HiddenInput)
    tax = forms.CharField(max_length=40, widget=forms.HiddenInput)
    field_order = ("title", "rate", "base", "valid_from", "source", "verified", "reason", "ticket")

    def payload_of(self, data: Mapping[str, Any]) -> Payload:
        return duty_payload(
            jurisdiction=data["jurisdiction"], tax=data["tax"], title=data["title"], rate=data["rate"],
            base=data["base"], **_common(data),
        )  # fmt: skip


class FeeForm(RowForm):
    """A provider's contract."""

    provider = forms.ModelChoiceField(Provider.objects.all(), widget=UnfoldAdminSelectWidget)
    basis = forms.CharField(
        max_length=40, initial="KPI-04", widget=UnfoldAdminTextInputWidget, help_text="Code of a definition."
    )
    percentage = forms.CharField(max_length=12, widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}))
    tiers = forms.CharField(
        max_length=300, required=False, widget=UnfoldAdminTextInputWidget,
        help_text="Bound and percentage of what lies above it, such as 10000:10, 50000:7.5.",
    )  # fmt: skip
    minimum = forms.CharField(max_length=30, initial="0", widget=UnfoldAdminTextInputWidget, help_text="A month.")
    currency = forms.ChoiceField(choices=currency_choices, widget=UnfoldAdminSelectWidget)
    carries_over = forms.BooleanField(
        required=False, label="Negative months are carried over", widget=UnfoldBooleanSwitchWidget
    )
    field_order = (
        "provider", "basis", "percentage", "tiers", "minimum", "currency", "carries_over", "valid_from", "source",
        "verified", "reason", "ticket",
    )  # fmt: skip

    def payload_of(self, data: Mapping[str, Any]) -> Payload:
        tiers = [(one + ":").split(":")[:2] for one in data["tiers"].replace(" ", "").split(",") if one]
        return fee_payload(
            provider_id=data["provider"].pk, basis=data["basis"], percentage=data["percentage"], tiers=tiers,
            minimum=data["minimum"], currency=data["currency"], carries_over=data["carries_over"], **_common(data),
        )  # fmt: skip
