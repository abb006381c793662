"""The forms by which staff set the house's limits and decide checks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from common.money import MAX_INTEGER_DIGITS, ZERO
from common.scope import NOTHING, Scope
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.limits.enums import LimitKind, LimitPeriod
from players.models import Player
from players.reach import PLAYERS

TYPED: Final = {"inputmode": "decimal", "autocomplete": "off"}


def amount_field(*, required: bool, label: str, help_text: str) -> forms.DecimalField:
    """A plain decimal, zero or above."""
    return forms.DecimalField(
        required=required, label=label, help_text=help_text, min_value=ZERO, decimal_places=18,
        max_digits=MAX_INTEGER_DIGITS + 18, widget=UnfoldAdminTextInputWidget(attrs=TYPED),
    )  # fmt: skip


class OperatorLimitForm(forms.Form):
    """Whom, what, how much and why. `reach` is where whoever fills it in may set limits; the screen sets it."""

    reach: Scope = NOTHING

    player = forms.CharField(max_length=40, widget=UnfoldAdminTextInputWidget, help_text="Public id, such as pl_7k2m…")
    kind = forms.ChoiceField(choices=LimitKind.choices, widget=UnfoldAdminSelectWidget)
    period = forms.ChoiceField(
        choices=LimitPeriod.choices, required=False, widget=UnfoldAdminSelectWidget, initial=LimitPeriod.DAY,
        help_text="Each: for a single stake alone.",
    )  # fmt: skip
    amount = amount_field(
        required=True, label="Amount", help_text="In the player's currency; whole minutes for time. 0: none at all."
    )
    reason = forms.CharField(
        max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}), help_text="Kept with the limit."
    )

    def clean_player(self) -> Player:
        within = PLAYERS.narrow(Player.objects.all(), self.reach)
        player = within.filter(public_id=self.cleaned_data["player"].strip()).first()
        if player is None:
            raise forms.ValidationError("No player has this public id: copy it from the player's page.")
        return player


class LoosenForm(ProposalForm):
    """A looser amount for a limit of the house, or none."""

    amount = amount_field(
        required=False, label="New amount", help_text="Above the present one; empty with the box below: no limit."
    )
    ends = forms.BooleanField(required=False, widget=UnfoldBooleanWidget, label="End the limit")
    field_order = ("amount", "ends", "reason", "ticket")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        amount: Decimal | None = data.get("amount")
        if (amount is None) != bool(data.get("ends")) and "amount" not in self.errors:
            raise forms.ValidationError("Type a new amount, or tick that the limit ends: one of the two.")
        return data


class DecideForm(forms.Form):
    """What a check came to, and on what that rests."""

    outcome = forms.ChoiceField(
        choices=(("cleared", "Nothing against it"), ("concern", "A concern")), widget=UnfoldAdminSelectWidget
    )
    allowed = amount_field(
        required=False, label="Affordable a month",
        help_text="Net deposits of a month shown to be affordable; needed to clear an affordability check.",
    )  # fmt: skip
    rationale = forms.CharField(
        max_length=1000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text="What was looked at and found. Kept with the check, for the regulator.",
    )  # fmt: skip
