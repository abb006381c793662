"""Form fields for a value, by the shape of its key, and the way back to the JSON that is stored.

Fields are never required by themselves: the shape says what is missing, in one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from common.currencies import currency_choices
from compliance.policy.key_facts import KeyFacts
from compliance.policy.shapes import Amount, Bands, Fields, Flag, Number, Shape, Spans, Whole, Word, Words, Zone

NAME: Final = "value"
NONE: Final = "value_none"
CURRENCY: Final = "_currency"


def value_fields(facts: KeyFacts) -> dict[str, forms.Field]:
    """The fields in which a value of the key is written."""
    fields = _fields(facts.shape, NAME, facts.title)
    if facts.none:
        fields[NONE] = forms.BooleanField(
            required=False, label=facts.none.capitalize(), widget=UnfoldBooleanSwitchWidget,
            help_text="Switched on, what is written above does not count.",
        )  # fmt: skip
    return fields


def value_of(facts: KeyFacts, data: Mapping[str, Any]) -> Any:
    """What was filled in, as the JSON of the key; whether it fits is the shape's answer."""
    return None if facts.none and data.get(NONE) else _value(facts.shape, NAME, data)


def value_initial(facts: KeyFacts, value: Any) -> dict[str, Any]:
    """What the fields show for a stored value."""
    return {NONE: True} if value is None else _initial(facts.shape, NAME, value)


def _fields(shape: Shape, name: str, label: str) -> dict[str, forms.Field]:
    if isinstance(shape, Fields):
        found: dict[str, forms.Field] = {}
        for part, inner in shape.parts.items():
            empty = " (may stay empty)" if part in shape.optional else ""
            found |= _fields(inner, f"{name}_{part}", part.replace("_", " ").capitalize() + empty)
        return found
    if isinstance(shape, Amount):
        choices = [("", "–"), *currency_choices()]
        return {
            name: _text(label, "A plain decimal, such as 150."),
            name + CURRENCY: forms.ChoiceField(
                required=False, choices=choices, label=f"{label}: currency", widget=UnfoldAdminSelectWidget
            ),
        }
    return {name: _field(shape, label)}


def _field(shape: Shape, label: str) -> forms.Field:
    if isinstance(shape, Whole):
        return forms.IntegerField(
            required=False, label=f"{label} ({shape.unit})", min_value=shape.least, max_value=shape.most,
            widget=UnfoldAdminIntegerFieldWidget,
        )  # fmt: skip
    if isinstance(shape, Flag):
        choices = [("", "–"), ("yes", "Yes"), ("no", "No")]
        return forms.ChoiceField(required=False, choices=choices, label=label, widget=UnfoldAdminSelectWidget)
    if isinstance(shape, Word):
        choices = [("", "–"), *((word, word.replace("_", " ")) for word in shape.choices)]
        return forms.ChoiceField(required=False, choices=choices, label=label, widget=UnfoldAdminSelectWidget)
    if isinstance(shape, Words):
        return forms.MultipleChoiceField(
            required=False, label=label, choices=[(word, word.replace("_", " ")) for word in shape.choices],
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
        )  # fmt: skip
    if isinstance(shape, Bands):
        return forms.CharField(
            required=False, label=label, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
            help_text="A line for each age from which an amount holds, such as: 25 5.00 GBP",
        )  # fmt: skip
    words = {Number: "A plain decimal.", Spans: "PT24H, P7D, P6W, P1M, P5Y or indefinite, with commas.",
             Zone: "Such as Europe/Malta."}  # fmt: skip
    return _text(label, words.get(type(shape), ""))


def _text(label: str, words: str) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=500, label=label, help_text=words, widget=UnfoldAdminTextInputWidget
    )


def _value(shape: Shape, name: str, data: Mapping[str, Any]) -> Any:
    if isinstance(shape, Fields):
        return {part: _value(inner, f"{name}_{part}", data) for part, inner in shape.parts.items()}
    typed = data.get(name)
    if isinstance(shape, Amount):
        currency = data.get(name + CURRENCY)
        return {"amount": str(typed or "").strip(), "currency": currency} if typed or currency else None
    if isinstance(shape, Flag):
        return {"yes": True, "no": False}.get(str(typed))
    if isinstance(shape, Words):
        return list(typed or [])
    if isinstance(shape, Spans):
        return [part.strip() for part in str(typed or "").split(",") if part.strip()]
    if isinstance(shape, Bands):
        return [_band(line) for line in str(typed or "").splitlines() if line.strip()]
    if isinstance(shape, Whole):
        return typed
    return str(typed or "").strip() or None


def _band(line: str) -> dict[str, Any]:
    parts = line.split()
    if len(parts) != 3 or not parts[0].isascii() or not parts[0].isdigit() or len(parts[0]) > 3:
        return {"line": line}
    return {"from_age": int(parts[0]), "amount": parts[1], "currency": parts[2].upper()}


def _initial(shape: Shape, name: str, value: Any) -> dict[str, Any]:
    if isinstance(shape, Fields):
        found: dict[str, Any] = {}
        for part, inner in shape.parts.items():
            found |= {} if value[part] is None else _initial(inner, f"{name}_{part}", value[part])
        return found
    if isinstance(shape, Amount):
        return {name: value["amount"], name + CURRENCY: value["currency"]}
    if isinstance(shape, Flag):
        return {name: "yes" if value else "no"}
    if isinstance(shape, Spans):
        return {name: ", ".join(value)}
    if isinstance(shape, Bands):
        return {name: "\n".join(f"{line['from_age']} {line['amount']} {line['currency']}" for line in value)}
    return {name: value}
