"""The terms of a provider as a form, stakes as plain decimals; and its allow-list as a proposal, one a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from unfold.widgets import UnfoldAdminTextareaWidget

from casino.games.enums import ProviderProtocol
from casino.games.models import Provider
from casino.games.services.providers import ProviderTerms
from common.currencies import CURRENCIES
from common.money import amount_text
from compliance.approvals.admin.proposal_forms import ProposalForm


class NetworksForm(ProposalForm):
    """A new allow-list, to be approved by somebody else."""

    networks = forms.CharField(
        required=False,
        label="Allow-list",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="One address or network a line, such as 192.0.2.0/24 or 2001:db8::/32. Empty admits nobody.",
    )
    field_order = ("networks", "reason", "ticket")


class ProviderForm(forms.ModelForm[Provider]):
    """Validates with the very functions that the services use."""

    class Meta:
        model = Provider
        fields = (
            "code", "name", "protocol", "enabled", "is_sandbox", "rate_limit", "min_stake", "max_stake",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_stakes_plainly(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return stakes_in_order(self, data)

    def terms(self) -> ProviderTerms:
        """The valid form as the service wants it."""
        data = self.cleaned_data
        return ProviderTerms(
            name=data["name"],
            protocol=ProviderProtocol(data["protocol"]),
            enabled=data["enabled"],
            is_sandbox=data["is_sandbox"],
            rate_limit=data["rate_limit"],
            min_stake=data["min_stake"],
            max_stake=data["max_stake"],
        )


def show_stakes_plainly(form: forms.BaseModelForm[Any]) -> None:
    """Stakes without the eighteen decimals of their column."""
    base = CURRENCIES[settings.BASE_CURRENCY]
    for name in ("min_stake", "max_stake"):
        if (value := form.initial.get(name)) is not None:
            form.initial[name] = amount_text(value, base)


def stakes_in_order(form: forms.BaseForm, data: dict[str, Any]) -> dict[str, Any]:
    """Put an error on the larger field when the stake limits cross, and on negative ones."""
    least, most = data.get("min_stake"), data.get("max_stake")
    for name, value in (("min_stake", least), ("max_stake", most)):
        if value is not None and value < 0:
            form.add_error(name, "A stake is not negative.")
    if least is not None and most is not None and least > most:
        form.add_error("max_stake", "The largest stake is below the smallest.")
    return data
