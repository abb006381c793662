"""The form in which a client of the API is proposed."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDateWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from common.errors import Refusal
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.staff.services.role_changes import networks_checked
from players.models import Brand
from reporting.access.approval_kinds import CALLS_MOST, client_payload
from reporting.access.enums import SCOPE_TITLES
from reporting.access.models import ClientSecret
from reporting.access.types import ClientWish


class ClientForm(ProposalForm):
    """What a program may read, of what, from where, until when."""

    name = forms.CharField(
        max_length=100, widget=UnfoldAdminTextInputWidget, help_text="The program and whose it is: BI warehouse."
    )
    scopes = forms.MultipleChoiceField(
        choices=[(scope.value, title) for scope, title in SCOPE_TITLES.items()], label="It may read",
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )  # fmt: skip
    brands = forms.ModelMultipleChoiceField(
        queryset=Brand.objects.all(), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="None ticked: every brand.",
    )  # fmt: skip
    jurisdictions = forms.MultipleChoiceField(
        required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget, help_text="None ticked: every jurisdiction."
    )
    networks = forms.CharField(
        max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3, "spellcheck": "false"}),
        label="It calls from", help_text="One network or address a line, such as 192.0.2.0/24.",
    )  # fmt: skip
    calls_per_minute = forms.IntegerField(
        min_value=1, max_value=CALLS_MOST, initial=120, label="Calls a minute", widget=UnfoldAdminIntegerFieldWidget
    )
    until = forms.DateField(
        widget=UnfoldAdminDateWidget, help_text="It ends with this day (UTC), within two years. Never extended."
    )
    field_order = ("name", "scopes", "brands", "jurisdictions", "networks", "calls_per_minute", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = Brand.objects.order_by("jurisdiction").values_list("jurisdiction", flat=True).distinct()
        field = self.fields["jurisdictions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(word, word) for word in words]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                data["payload"] = client_payload(_wish(data))
            except Refusal as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return data


class SlotForm(forms.Form):
    """Which of the two secrets."""

    slot = forms.ChoiceField(choices=[("1", "Secret 1"), ("2", "Secret 2")], widget=UnfoldAdminSelectWidget)


def slot_form(client_id: int) -> type[SlotForm]:
    """The form with the secrets that are active."""
    rows = ClientSecret.objects.filter(client_id=client_id, retired_at__isnull=True).order_by("slot")
    words = [(str(row.slot), f"Secret {row.slot}, made {row.made_at:%Y-%m-%d %H:%M} UTC") for row in rows]

    class Form(SlotForm):
        slot = forms.ChoiceField(choices=words, widget=UnfoldAdminSelectWidget, label="Secret")

    return Form


def _wish(data: dict[str, Any]) -> ClientWish:
    return ClientWish(
        name=data["name"].strip(), scopes=tuple(data["scopes"]),
        brands=tuple(sorted(brand.pk for brand in data["brands"])), jurisdictions=tuple(sorted(data["jurisdictions"])),
        networks=tuple(networks_checked(data["networks"].split())), calls_per_minute=data["calls_per_minute"],
        valid_until=datetime.combine(data["until"], time(23, 59, 59), tzinfo=UTC),
    )  # fmt: skip
