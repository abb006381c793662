"""The forms by which staff exclude people."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from common.scope import NOTHING, Scope
from compliance.exclusions.enums import ExclusionKind
from compliance.policy.spans import Span
from players.models import Brand, Player
from players.personal.types import PersonalDetails
from players.reach import BRANDS, PLAYERS

LENGTHS: Final = (
    "PT24H", "P1D", "PT72H", "P7D", "P1M", "P6W", "P2M", "P3M", "P6M", "P1Y", "P365D", "P5Y", "indefinite",
)  # fmt: skip
KINDS: Final = (
    (ExclusionKind.SELF_EXCLUSION.value, "Self-exclusion, as the player asked"),
    (ExclusionKind.TIME_OUT.value, "Time-out, as the player asked"),
    (ExclusionKind.OPERATOR.value, "The operator's own exclusion"),
)
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}


def _length() -> forms.ChoiceField:
    choices = [(text, Span(text).words.capitalize()) for text in LENGTHS]
    return forms.ChoiceField(
        choices=choices, widget=UnfoldAdminSelectWidget, help_text="Of these, what the jurisdiction offers."
    )


def _contact(*, required: bool) -> forms.CharField:
    return forms.CharField(
        required=required, max_length=1000, label="Contact", widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="When, how, and what the person asked for. Needed whenever you act for somebody.",
    )  # fmt: skip


class ExcludeForm(forms.Form):
    """Whom, how long, and why. `reach` is where whoever fills it in may exclude; the screen sets it."""

    reach: Scope = NOTHING

    player = forms.CharField(max_length=40, widget=UnfoldAdminTextInputWidget, help_text="Public id, such as pl_7k2m…")
    kind = forms.ChoiceField(choices=KINDS, widget=UnfoldAdminSelectWidget)
    length = _length()
    one_brand = forms.BooleanField(
        required=False, widget=UnfoldBooleanWidget, label="This brand only",
        help_text="Only where the law lets the player choose, and the player chose so.",
    )  # fmt: skip
    contact_note = _contact(required=False)
    reason = forms.CharField(
        required=False, max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Needed for the operator's own exclusion.",
    )  # fmt: skip

    def clean_player(self) -> Player:
        within = PLAYERS.narrow(Player.objects.all(), self.reach)
        player = within.filter(public_id=self.cleaned_data["player"].strip()).first()
        if player is None:
            raise forms.ValidationError("No player has this public id: copy it from the player's page.")
        return player


class PersonForm(forms.Form):
    """Somebody without an account who asked never to get one."""

    reach: Scope = NOTHING

    brand = forms.SlugField(max_length=40, widget=UnfoldAdminTextInputWidget, help_text="Code of the brand asked.")
    full_name = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget(attrs=_TYPED))
    birth_date = forms.DateField(widget=UnfoldAdminDateWidget)
    postcode = forms.CharField(max_length=20, required=False, widget=UnfoldAdminTextInputWidget(attrs=_TYPED))
    email = forms.CharField(
        max_length=254, required=False, label="E-mail", widget=UnfoldAdminTextInputWidget(attrs=_TYPED)
    )
    phone = forms.CharField(max_length=40, required=False, widget=UnfoldAdminTextInputWidget(attrs=_TYPED))
    national_id = forms.CharField(
        max_length=60, required=False, label="Document number", widget=UnfoldAdminTextInputWidget(attrs=_TYPED)
    )
    length = _length()
    contact_note = _contact(required=True)

    def clean_brand(self) -> Brand:
        brand = BRANDS.narrow(Brand.objects.all(), self.reach).filter(code=self.cleaned_data["brand"]).first()
        if brand is None:
            raise forms.ValidationError("No brand has this code.")
        return brand

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("postcode", "email", "phone", "national_id")):
            raise forms.ValidationError("A name and a birth date alone may be somebody else's: add one more detail.")
        return data

    def details(self) -> PersonalDetails:
        """As the digests take them; nothing of it is kept."""
        names = ("full_name", "birth_date", "postcode", "email", "phone", "national_id")
        return PersonalDetails(**{name: self.cleaned_data[name] for name in names})


class ContactForm(forms.Form):
    """What was said with a player who wants to return."""

    note = forms.CharField(
        max_length=1000, label="Contact", widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text="How you reached the player, why they want to return, what you told them. Kept for ever.",
    )  # fmt: skip
