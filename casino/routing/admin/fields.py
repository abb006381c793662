"""Form fields that terms and routes share: for whom, from when, amounts as plain decimals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from casino.gateways.enums import Purpose
from casino.routing.models import PaymentMethod
from common.currencies import CURRENCIES, currency_choices
from common.money import AmountError, amount_parse
from players.models import Brand

NONE: Final = ("", "any")


class MomentField(forms.DateTimeField):
    """An instant in UTC; empty: none."""

    def __init__(self, label: str, help_text: str) -> None:
        widget = UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)


class AmountsField(forms.CharField):
    """Plain decimals with spaces between."""

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        """Raises ValidationError."""
        text = str(super().clean(value) or "")
        return tuple(_amount(word) for word in text.replace(",", " ").split())


class AmountField(forms.CharField):
    """One plain decimal; empty: None."""

    def clean(self, value: Any) -> Decimal | None:
        """Raises ValidationError."""
        text = str(super().clean(value) or "").strip()
        return _amount(text) if text else None


def _amount(text: str) -> Decimal:
    try:
        return amount_parse(text, CURRENCIES["USDT"])  # six decimals; the service asks for fewer
    except AmountError as problem:
        raise forms.ValidationError(f"{text[:20]!r} {problem}.") from problem


def text_field(label: str, help_text: str, *, most: int = 60, required: bool = True) -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        max_length=most, required=required, label=label, help_text=help_text, widget=UnfoldAdminTextInputWidget
    )


def amount_field(label: str, help_text: str, *, required: bool = False) -> AmountField:
    """An amount in the row's currency."""
    widget = UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return AmountField(max_length=40, required=required, label=label, help_text=help_text, widget=widget)


def choice_field(
    label: str, choices: Callable[[], list[tuple[Any, str]]], *, required: bool = True
) -> forms.ChoiceField:
    """One of what there is now."""
    return forms.ChoiceField(choices=choices, required=required, label=label, widget=UnfoldAdminSelectWidget)


def method_choices() -> list[tuple[Any, str]]:
    """Every method."""
    return [(method.code, f"{method.names['en']} ({method.code})") for method in PaymentMethod.objects.all()]


def purpose_choices() -> list[tuple[Any, str]]:
    """Deposit or payout."""
    return [(word.value, word.label) for word in Purpose]


def brand_choices() -> list[tuple[Any, str]]:
    """Every brand, or any."""
    return [NONE, *((f"{brand.pk}", brand.name) for brand in Brand.objects.order_by("name"))]


def currencies() -> list[tuple[Any, str]]:
    """Every currency."""
    return list(currency_choices())


def currencies_or_any() -> list[tuple[Any, str]]:
    """Every currency, or any."""
    return [NONE, *currency_choices()]


def number_or_none(text: str) -> int | None:
    """The number of a brand, as a choice gives it."""
    return int(text) if text else None


def typed_moment(moment: datetime | None) -> str:
    """An instant as its field wants it."""
    return f"{moment:%Y-%m-%dT%H:%M}" if moment else ""
