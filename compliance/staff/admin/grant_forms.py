"""The forms about people and roles."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDateWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from common.errors import Refusal
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.staff.catalogue import GROUPS, OFFERED, group_of
from compliance.staff.errors import UserNameTaken
from compliance.staff.models import Role, StaffUser
from compliance.staff.selectors.matrix import permission_titles
from compliance.staff.services.role_changes import RoleTerms, networks_checked, role_terms
from players.models import Brand

NUMBER = RegexValidator("^[A-Z0-9-]+$", "Capital letters, digits and dashes, such as P-0107.")


class PersonForm(forms.ModelForm[StaffUser]):
    """Somebody who starts here. Only these fields are read, whatever else is sent."""

    personnel_number = forms.CharField(
        max_length=40, validators=[NUMBER], widget=UnfoldAdminTextInputWidget,
        help_text="Who the person is, such as P-0107: two accounts with one number are one person. Never changed.",
    )  # fmt: skip
    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget, help_text="Such as: joins support.")

    class Meta:
        model = StaffUser
        fields = ("username", "first_name", "last_name", "email", "personnel_number")

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if StaffUser.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(UserNameTaken.message)
        return name


class PersonEditForm(forms.ModelForm[StaffUser]):
    """Corrections. User name, rights and state are not edited here."""

    class Meta:
        model = StaffUser
        fields = ("first_name", "last_name", "email", "personnel_number")


class GrantForm(ProposalForm):
    """A role for somebody: where it reaches and until when."""

    role = forms.ModelChoiceField(queryset=Role.objects.all(), widget=UnfoldAdminSelectWidget, to_field_name="code")
    brands = forms.ModelMultipleChoiceField(
        queryset=Brand.objects.all(), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="None ticked: every brand.",
    )  # fmt: skip
    jurisdictions = forms.MultipleChoiceField(
        required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget, help_text="None ticked: every jurisdiction."
    )
    until = forms.DateField(
        required=False,
        widget=UnfoldAdminDateWidget,
        help_text="The role ends with this day (UTC); empty: when revoked.",
    )
    field_order = ("role", "brands", "jurisdictions", "until", "reason", "ticket")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = Brand.objects.order_by("jurisdiction").values_list("jurisdiction", flat=True).distinct()
        field = self.fields["jurisdictions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(word, word) for word in words]

    def valid_until(self) -> datetime | None:
        """The end of the chosen day, in UTC."""
        day = self.cleaned_data["until"]
        return datetime.combine(day, time(23, 59, 59), tzinfo=UTC) if day else None


class RoleForm(ProposalForm):
    """What a role may do, in groups of boxes."""

    adjustment_max = forms.DecimalField(
        min_value=Decimal(0), max_digits=20, decimal_places=2, widget=UnfoldAdminDecimalFieldWidget,
        help_text="Largest single adjustment that a holder may propose, in the base currency; 0 for none.",
    )  # fmt: skip
    allowed_networks = forms.CharField(
        required=False, max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="One network a line, such as 192.0.2.0/24. Empty: the role counts from anywhere.",
    )  # fmt: skip
    conflicts = forms.ModelMultipleChoiceField(
        queryset=Role.objects.all(), required=False, to_field_name="code",
        widget=UnfoldAdminCheckboxSelectMultipleWidget, help_text="Roles that should not be held together with it.",
    )  # fmt: skip

    def clean_allowed_networks(self) -> list[str]:
        try:
            return networks_checked(self.cleaned_data["allowed_networks"].split())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def terms(self) -> RoleTerms:
        """The valid form as the service wants it."""
        names = [name for key in self.fields if key.startswith("group_") for name in self.cleaned_data[key]]
        return RoleTerms(
            permissions=tuple(sorted(names)),
            adjustment_max=self.cleaned_data["adjustment_max"],
            allowed_networks=tuple(self.cleaned_data["allowed_networks"]),
            conflicts=tuple(sorted(role.code for role in self.cleaned_data["conflicts"])),
        )


def role_form(role: Role) -> type[RoleForm]:
    """The form of one role, as it stands, with a group of boxes for each part of the house."""
    standing, titles = role_terms(role), permission_titles()
    names = sorted({*OFFERED, *standing.permissions} & set(titles))
    boxes: dict[str, forms.Field] = {}
    for number, group in enumerate(GROUPS):
        offered = [(name, titles[name]) for name in names if group_of(name) == group]
        if offered:
            boxes[f"group_{number}"] = forms.MultipleChoiceField(
                label=group, choices=offered, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget,
                initial=[name for name, _title in offered if name in standing.permissions],
            )  # fmt: skip
    found: type[RoleForm] = type(
        "RoleFormOfOne", (RoleForm,), boxes | {"field_order": (*boxes, *RoleForm.base_fields), "standing": standing}
    )
    found.base_fields["adjustment_max"].initial = standing.adjustment_max.normalize()
    found.base_fields["allowed_networks"].initial = "\n".join(standing.allowed_networks)
    found.base_fields["conflicts"].initial = list(standing.conflicts)
    return found
