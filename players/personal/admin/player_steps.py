"""Personal data on a player's page: masked below the facts, revealed for one page with a purpose, corrected by KYC."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from common.backoffice.confirmed import Question, ReasonForm, confirmed, record_address, staff_actor
from common.backoffice.display import instant
from common.backoffice.sections import Section
from common.clock import utc_now
from players.models import Player
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.selectors.details import details_masked
from players.personal.services.personal_data import personal_data_correct, personal_data_reveal
from players.personal.types import FIELDS, GROUPS, TITLES

if TYPE_CHECKING:
    from common.backoffice.books import ListScreen

    _Screen = ListScreen[Any]
else:
    _Screen = object

STATES: Final = {
    "unknown": "Nothing personal is recorded.",
    "erased": "Erased: the person's key is destroyed, nobody can read the data any more.",
}
# Kept nowhere: not by the browser, not by a proxy, not in the address of the next page.
UNKEPT: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class PurposeForm(forms.Form):
    """Why somebody looks at personal data."""

    purpose = forms.ChoiceField(choices=RevealPurpose.choices, widget=UnfoldAdminSelectWidget)
    note = forms.CharField(
        max_length=300,
        label="In words",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Such as a ticket number. It stands in the audit trail beside your name.",
    )


class DetailsForm(ReasonForm):
    """What changed of a person's details; empty fields stay as they are."""

    full_name = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget)
    email = forms.EmailField(max_length=254, required=False, label="E-mail", widget=UnfoldAdminEmailInputWidget)
    phone = forms.CharField(max_length=40, required=False, widget=UnfoldAdminTextInputWidget)
    birth_date = forms.DateField(required=False, widget=UnfoldAdminDateWidget)
    address_lines = forms.CharField(
        max_length=300, required=False, label="Address", widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )
    city = forms.CharField(max_length=100, required=False, widget=UnfoldAdminTextInputWidget)
    postcode = forms.CharField(max_length=20, required=False, widget=UnfoldAdminTextInputWidget)
    national_id = forms.CharField(
        max_length=60, required=False, label="Document number", widget=UnfoldAdminTextInputWidget
    )
    nationality = forms.CharField(max_length=60, required=False, widget=UnfoldAdminTextInputWidget)
    birth_place = forms.CharField(max_length=100, required=False, widget=UnfoldAdminTextInputWidget)
    field_order = (*FIELDS, "reason")


class PersonalSteps(_Screen):
    """Adds to the screen of players; name the three actions in its `actions_detail`."""

    def has_reveal_identity_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may see name, birth date and address."""
        return self.may(request, "players.reveal_identity", obj)

    def has_reveal_contact_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may see e-mail address and phone."""
        return self.may(request, "players.reveal_contact", obj)

    def has_change_personal_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may correct personal data."""
        return self.may(request, "personal.change_personaldata", obj)

    @action(description="Reveal contact", icon="visibility", url_path="contact", permissions=["reveal_contact"])
    def reveal_contact(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._reveal(request, object_id, RevealGroup.CONTACT)

    @action(description="Reveal identity", icon="visibility", url_path="identity", permissions=["reveal_identity"])
    def reveal_identity(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._reveal(request, object_id, RevealGroup.IDENTITY)

    @action(description="Correct personal data", icon="edit", url_path="personal", permissions=["change_personal"])
    def change_personal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(player: Player) -> Question:
            words = "Fill in what changed; the rest stays. Which fields you changed is recorded, their values are not."
            return Question(f"Correct the personal data of {player.nickname}", words, "Save")

        def perform(player: Player, form: DetailsForm) -> str:
            given = {name: form.cleaned_data[name] for name in FIELDS if form.cleaned_data[name]}
            personal_data_correct(
                player_id=player.pk, changes=given, actor=staff_actor(request),
                reason=form.cleaned_data["reason"], now=utc_now(),
            )  # fmt: skip
            return f"Corrected: {', '.join(TITLES[name].lower() for name in given)}."

        return confirmed(
            self, request, object_id, question=question, form_class=DetailsForm, perform=perform, step_up=True
        )

    def _reveal(self, request: HttpRequest, object_id: str, group: RevealGroup) -> HttpResponse:
        def question(player: Player) -> Question:
            words = "The data stands on the next page only. That you looked, and why, is recorded and counted."
            return Question(f"{group.label} of {player.nickname}", words, "Reveal")

        def perform(player: Player, form: PurposeForm) -> HttpResponse:
            now = utc_now()
            shown = personal_data_reveal(
                player_id=player.pk, group=group, purpose=RevealPurpose(form.cleaned_data["purpose"]),
                note=form.cleaned_data["note"], staff_id=int(request.user.pk or 0), now=now,
            )  # fmt: skip
            context = {
                **self.admin_site.each_context(request),
                "opts": Player._meta,
                "original": player,
                "title": f"{group.label} of {player.nickname}",
                "facts": [(TITLES[name], _plain(getattr(shown, name))) for name in GROUPS[group]],
                "purpose": form.cleaned_data["note"],
                "revealed_at": instant(now),
                "back": record_address(player),
            }
            return TemplateResponse(request, "admin/personal/revealed.html", context, headers=UNKEPT)

        return confirmed(
            self, request, object_id, question=question, form_class=PurposeForm, perform=perform, step_up=True
        )


def _plain(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or "–"


def personal_section(player: Player) -> Section:
    """The masked data as a table of one row."""
    masked = details_masked(player_id=player.pk)
    rows = [tuple(getattr(masked, name) for name in FIELDS)] if masked.state == "recorded" else []
    return Section(
        "Personal data",
        tuple(TITLES[name] for name in FIELDS),
        rows,
        empty=STATES.get(masked.state, ""),
        note="Masked. Reveal it with the buttons above: you say what for, and it is recorded.",
        permission="personal.view_personaldata",
    )
