"""The forms by which staff decide about documents and verifications."""

from __future__ import annotations

from django import forms
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from common.backoffice.confirmed import ReasonForm
from compliance.kyc.enums import Level, RejectReason

LEVELS = [(level.value, level.label) for level in Level if level]


class OpenForm(forms.Form):
    """Why somebody opens a document."""

    note = forms.CharField(
        max_length=300,
        label="What for",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Such as a ticket number. It stands in the audit trail beside your name.",
    )


class AcceptForm(forms.Form):
    """The date that stands on the document."""

    expires_on = forms.DateField(
        required=False, label="Expires on", widget=UnfoldAdminDateWidget, help_text="Empty: it has no date."
    )


class RejectForm(forms.Form):
    """Why it is rejected; the player reads the first, colleagues the second."""

    reason = forms.ChoiceField(
        choices=RejectReason.choices, widget=UnfoldAdminSelectWidget, help_text="The player reads this."
    )
    note = forms.CharField(
        max_length=400, required=False, label="For colleagues", widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )


class DecideForm(ReasonForm):
    """At which level somebody is verified."""

    level = forms.ChoiceField(choices=LEVELS, widget=UnfoldAdminSelectWidget)
    field_order = ("level", "reason")


class AskForm(DecideForm):
    """Which level a colleague asks for."""
