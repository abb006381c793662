"""What staff fill in to write notes and set tags."""

from __future__ import annotations

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldBooleanSwitchWidget

from players.notes.enums import NoteKind
from players.notes.models import Note
from players.notes.selectors.notes import tags_to_choose
from players.notes.services.notes import LONGEST


class NoteForm(forms.Form):
    """A note; pinned ones stand at the top of the player's page."""

    kind = forms.ChoiceField(choices=NoteKind.choices, widget=UnfoldAdminSelectWidget)
    body = forms.CharField(
        label="Note",
        max_length=LONGEST,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5, "maxlength": LONGEST}),
        help_text="For colleagues, and for the player if he asks what we keep. Never a card number or a password.",
    )
    pinned = forms.BooleanField(
        required=False, widget=UnfoldBooleanSwitchWidget, label="Pin to the top", help_text="At most five notes."
    )


def correction_form(note: Note) -> type[NoteForm]:
    """The form with what the earlier note says."""

    class CorrectionForm(NoteForm):
        kind = forms.ChoiceField(choices=NoteKind.choices, widget=UnfoldAdminSelectWidget, initial=note.kind)
        body = forms.CharField(
            label="Note",
            max_length=LONGEST,
            initial=note.body,
            widget=UnfoldAdminTextareaWidget(attrs={"rows": 8, "maxlength": LONGEST}),
            help_text="The earlier note stays readable, with its author.",
        )
        pinned = forms.BooleanField(
            required=False, initial=note.pinned, widget=UnfoldBooleanSwitchWidget, label="Pin to the top"
        )

    return CorrectionForm


class TagForm(forms.Form):
    """One of the tags that are in use."""

    tag = forms.TypedChoiceField(coerce=int, widget=UnfoldAdminSelectWidget)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the request's, or nothing
        self.fields["tag"].choices = tags_to_choose()  # type: ignore[attr-defined]  # a ChoiceField


class NothingToSay(forms.Form):
    """A step that needs no words, only a person who presses the button."""
