from __future__ import annotations

from typing import Any, Final

from django import forms
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget

from casino.games.models import Provider
from casino.reconciliation.enums import StatementFormat

# A person's upload; what is longer is put into the provider's folder.
UPLOAD_MOST: Final = 64 * 1024 * 1024


class LoadForm(forms.Form):
    """A statement by hand."""

    provider = forms.ModelChoiceField(queryset=Provider.objects.none(), widget=UnfoldAdminSelectWidget)
    format = forms.ChoiceField(choices=StatementFormat.choices, widget=UnfoldAdminSelectWidget)
    day = forms.DateField(
        required=False, widget=UnfoldAdminSingleDateWidget,
        help_text="The day that it is for, as the provider counts days. Empty: from its first line to its last.",
    )  # fmt: skip
    file = forms.FileField(
        max_length=150, widget=UnfoldAdminFileFieldWidget, help_text="As the provider gave it, 64 MiB at most."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provider = self.fields["provider"]
        assert isinstance(provider, forms.ModelChoiceField)
        provider.queryset = Provider.objects.order_by("name")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_MOST:
            raise forms.ValidationError("The file is longer than 64 MiB: put it into the provider's folder.")
        return file
