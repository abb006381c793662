"""What is asked of those who look after players at risk."""

from __future__ import annotations

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from common.backoffice.confirmed import ReasonForm
from compliance.harm.enums import Channel, ReviewOutcome, Tier


def _words(label: str, help_text: str, *, required: bool = True, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        max_length=most, required=required, label=label, help_text=help_text,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )  # fmt: skip


class InteractionForm(forms.Form):
    """What was seen, done and heard."""

    channel = forms.ChoiceField(choices=Channel.choices, widget=UnfoldAdminSelectWidget, label="How")
    seen = _words("What was seen", "Which behaviour, and since when.")
    done = _words("What was done", "What was said, offered or set.")
    answer = _words("What the player said", "May stay empty.", required=False)


class OverrideForm(ReasonForm):
    """Another level, with its reason."""

    tier = forms.ChoiceField(
        choices=[(tier.value, tier.label) for tier in Tier if tier != Tier.NONE], widget=UnfoldAdminSelectWidget,
        label="Level",
    )  # fmt: skip
    field_order = ("tier", "reason")


class CloseForm(ReasonForm):
    """How it ended."""

    reason = _words("Outcome", "How it ended, for whoever opens the next case.", most=1000)


class ReviewForm(forms.Form):
    """A person's judgement of an automatic step."""

    outcome = forms.ChoiceField(choices=ReviewOutcome.choices, widget=UnfoldAdminSelectWidget, label="Judgement")
    words = _words("Why", "The player may be told. It is kept for ever.", most=1000)
