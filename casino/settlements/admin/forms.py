from __future__ import annotations

from typing import Any, Final

from django import forms
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from casino.gateways.registry import adapter_codes

# A person's upload; what is longer is loaded with `manage.py load_settlement`.
UPLOAD_MOST: Final = 16 * 1024 * 1024


class LoadForm(forms.Form):
    """A settlement file by hand."""

    gateway = forms.ChoiceField(widget=UnfoldAdminSelectWidget)
    file = forms.FileField(
        max_length=150, widget=UnfoldAdminFileFieldWidget, help_text="As the gateway gave it, 16 MiB at most."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gateway = self.fields["gateway"]
        assert isinstance(gateway, forms.ChoiceField)
        gateway.choices = [(code, code) for code in adapter_codes()]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_MOST:
            raise forms.ValidationError("The file is longer than 16 MiB: load it with manage.py load_settlement.")
        return file
