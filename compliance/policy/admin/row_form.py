"""The form of a new row: for which jurisdiction, the value in fields of its key, from when there, and from where."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminTimeWidget,
    UnfoldBooleanSwitchWidget,
)

from common.errors import Refusal
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.policy.admin.value_fields import value_fields, value_initial, value_of
from compliance.policy.approval_kinds import JURISDICTION, row_payload
from compliance.policy.catalogue import CATALOGUE
from compliance.policy.keys import PolicyKey
from compliance.policy.local_time import moment_at
from compliance.policy.models import PolicyRow
from compliance.policy.selectors.policies import policy_of


class RowForm(ProposalForm):
    """What is the same for every key. `row_form` adds the fields of the value."""

    jurisdiction = forms.RegexField(
        JURISDICTION, max_length=8, widget=UnfoldAdminTextInputWidget,
        help_text="Such as GB, NJ or CA-ON; * holds where a jurisdiction has no row of its own.",
    )  # fmt: skip
    day = forms.DateField(label="Takes effect on", widget=UnfoldAdminDateWidget, help_text="There: a local date.")
    clock = forms.TimeField(
        label="At", initial="00:00", widget=UnfoldAdminTimeWidget,
        help_text="Time of day in the jurisdiction's own zone. At least 15 minutes after it is approved.",
    )  # fmt: skip
    source = forms.CharField(
        max_length=300, widget=UnfoldAdminTextInputWidget, help_text="The law, the page, or whose decision it is."
    )
    verified = forms.BooleanField(
        required=False, label="Seen in the source", widget=UnfoldBooleanSwitchWidget,
        help_text="Leave it off for what still has to be checked.",
    )  # fmt: skip


def row_form(row: PolicyRow) -> type[RowForm]:
    """The form for a row that takes the place of `row`, filled in with its value."""
    facts = CATALOGUE[PolicyKey(row.key)]
    fields = value_fields(facts)
    initial = value_initial(facts, row.value) | {"jurisdiction": row.jurisdiction}
    order = ("jurisdiction", *fields, "day", "clock", "source", "verified", "reason", "ticket")

    class Form(RowForm):
        field_order = order

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **(kwargs | {"initial": initial}))
            for name, field in fields.items():
                self.fields[name] = field
            self.order_fields(order)

        def clean(self) -> dict[str, Any]:
            data = super().clean() or self.cleaned_data
            if self.errors:
                return data
            try:
                data["payload"] = row_payload(
                    jurisdiction=data["jurisdiction"], key=row.key, value=value_of(facts, data),
                    effective_from=_moment(data), source=data["source"], verified=data["verified"],
                )  # fmt: skip
            except Refusal as refusal:
                raise forms.ValidationError(refusal.message) from refusal
            return data

    return Form


def _moment(data: dict[str, Any]) -> datetime:
    """Local to instant, by the zone in force on that day."""
    rough = datetime.combine(data["day"], data["clock"], UTC)
    zone = policy_of(jurisdiction=data["jurisdiction"], now=rough).zone
    return moment_at(data["day"], data["clock"], zone)
