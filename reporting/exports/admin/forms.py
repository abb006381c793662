"""The forms of exports and schedules: what for, in which shape, how often, to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from compliance.approvals.admin.proposal_forms import ProposalForm
from reporting.exports.enums import Cadence, Delivery, ExportFormat, Purpose


class ShapeForm(forms.Form):
    """In which shape, and what for."""

    format = forms.ChoiceField(choices=ExportFormat.choices, widget=UnfoldAdminSelectWidget)
    bom = forms.BooleanField(
        required=False, label="Byte-order mark", widget=UnfoldBooleanWidget,
        help_text="Before CSV, for spreadsheets that take umlauts for something else without it.",
    )  # fmt: skip
    purpose = forms.ChoiceField(choices=Purpose.choices, widget=UnfoldAdminSelectWidget)
    purpose_text = forms.CharField(
        max_length=300, label="What for", widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Who asked for it, and for which matter. Kept in the trail and in the file.",
    )  # fmt: skip


class RequestForm(ShapeForm):
    """An export, once."""

    certified = forms.BooleanField(
        required=False, widget=UnfoldBooleanWidget,
        help_text="Only while the books are proved daily; refused when the last proof failed.",
    )  # fmt: skip


class ScheduleForm(ShapeForm):
    """An export again and again."""

    title = forms.CharField(max_length=100, widget=UnfoldAdminTextInputWidget, help_text="How the list calls it.")
    cadence = forms.ChoiceField(choices=Cadence.choices, label="How often", widget=UnfoldAdminSelectWidget)
    hour = forms.IntegerField(
        min_value=0, max_value=23, initial=6, label="Not before (hour, UTC)", widget=UnfoldAdminIntegerFieldWidget,
        help_text="And not before the last day is over in every brand concerned.",
    )  # fmt: skip
    delivery = forms.ChoiceField(choices=Delivery.choices, widget=UnfoldAdminSelectWidget)
    first_day = forms.DateField(
        label="From", widget=UnfoldAdminSingleDateWidget, help_text="The first day it covers. Past periods are made up."
    )

    def clean_delivery(self) -> str:
        chosen = str(self.cleaned_data["delivery"])
        if chosen == Delivery.FOLDER and not settings.EXPORT_FOLDER:
            raise forms.ValidationError("There is no export folder here: EXPORT_FOLDER is not set.")
        return chosen

    def schedule_data(self) -> dict[str, Any]:
        """What `schedule_make` takes from the form."""
        data = self.cleaned_data
        names = ("title", "bom", "purpose", "purpose_text", "cadence", "hour", "delivery")
        return {name: data[name] for name in names} | {"file_format": data["format"], "first_day": data["first_day"]}


class ScheduleProposal(ScheduleForm, ProposalForm):
    """The same before a second pair of eyes."""

    field_order = (
        "title", "cadence", "hour", "first_day", "delivery", "format", "bom", "purpose", "purpose_text", "reason",
        "ticket",
    )  # fmt: skip
