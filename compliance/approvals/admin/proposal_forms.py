"""The forms in which something is proposed: what, why, and the mark of the preview that was shown."""

from __future__ import annotations

from django import forms
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from compliance.approvals.kinds.adjustment_reasons import CREDIT, REASONS, reason_titles
from compliance.approvals.registry import approval_kinds


class ProposalForm(forms.Form):
    """Why, and where it is written down. `seen` is filled in by the preview."""

    reason = forms.CharField(
        max_length=500,
        label="Why",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="The colleague who decides reads this; it is kept for ever.",
    )
    ticket = forms.CharField(
        max_length=100,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Such as SUP-1204, if any.",
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class AdjustmentForm(ProposalForm):
    """Money to or from a player."""

    amount = forms.CharField(
        max_length=1000,
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text="A plain decimal above zero, such as 25.50.",
    )
    currency = forms.ChoiceField(widget=UnfoldAdminSelectWidget)
    reason_code = forms.ChoiceField(
        label="Reason",
        widget=UnfoldAdminSelectWidget,
        help_text="Decides the house's account.",
    )
    ticket = forms.CharField(max_length=100, widget=UnfoldAdminTextInputWidget, help_text="Such as SUP-1204.")
    field_order = ("amount", "currency", "reason_code", "reason", "ticket")


def adjustment_form(*, direction: str, currencies: list[str], permissions: set[str]) -> type[AdjustmentForm]:
    """The form with the currencies of the player and the reasons that the maker may give."""
    reasons = [
        (code, title) for code, title in reason_titles(direction).items() if REASONS[code].permission in permissions
    ]

    class Form(AdjustmentForm):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
            for name, choices in (("currency", [(word, word) for word in currencies]), ("reason_code", reasons)):
                field = self.fields[name]
                assert isinstance(field, forms.ChoiceField)
                field.choices = choices
            self.fields["amount"].label = "Amount to the player" if direction == CREDIT else "Amount from the player"

    return Form


class RuleForm(ProposalForm):
    """From which worth a third person is needed, and how long proposals stand."""

    kind = forms.ChoiceField(
        choices=lambda: [(kind.code, kind.title) for kind in approval_kinds()], widget=UnfoldAdminSelectWidget
    )
    third_person_from = forms.CharField(
        max_length=1000,
        required=False,
        label="Third person from",
        widget=UnfoldAdminTextInputWidget,
        help_text="Worth in the base currency; empty: never for the amount's sake.",
    )
    life_hours = forms.IntegerField(
        min_value=1, max_value=168, initial=24, label="Stands for (hours)", widget=UnfoldAdminIntegerFieldWidget
    )
    field_order = ("kind", "third_person_from", "life_hours", "reason", "ticket")
