"""What a dashboard is asked for: days, brand, jurisdiction; within the reach of whoever is signed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget

from common.backoffice.reach import reach
from common.scope import Scope, Scoping
from players.models import Brand
from reporting.catalogue.types import Question
from reporting.dashboards.types import Period
from reporting.facts.selectors.state import only_test_play

DAYS: Final = 28
DAYS_MOST: Final = 366


class AskedForm(forms.Form):
    """The bar above a dashboard."""

    first = forms.DateField(label="From", widget=UnfoldAdminDateWidget)
    last = forms.DateField(label="Until", widget=UnfoldAdminDateWidget)
    brand = forms.ChoiceField(required=False, widget=UnfoldAdminSelectWidget)
    jurisdiction = forms.ChoiceField(required=False, widget=UnfoldAdminSelectWidget)
    players = forms.ChoiceField(
        required=False, choices=[("", "Real"), ("test", "Test")], widget=UnfoldAdminSelectWidget
    )

    def __init__(self, data: Any, *, scope: Scope) -> None:
        super().__init__(data)
        brands = Scoping(brand="pk", jurisdiction="jurisdiction").narrow(Brand.objects.order_by("name"), scope)
        rows = list(brands.values_list("pk", "name", "jurisdiction"))
        licences = sorted({word for *_, word in rows} & (scope.jurisdictions or {word for *_, word in rows}))
        for name, choices in (
            ("brand", [("", "Every brand"), *((f"{key}", title) for key, title, _ in rows)]),
            ("jurisdiction", [("", "Every one"), *((word, word) for word in licences)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if not settings.SANDBOX:
            del self.fields["players"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last:
            if first > last:
                raise forms.ValidationError("The first day lies after the last.")
            if (last - first).days >= DAYS_MOST:
                raise forms.ValidationError(f"At most {DAYS_MOST} days at once.")
        return data


def form_of(request: HttpRequest, permission: str, today: date) -> AskedForm:
    """The form as it was sent; the last DAYS days, today included, where nothing was.

    A sandbox in which nobody but test players ever played shows those until somebody chooses.
    """
    players = "test" if settings.SANDBOX and "players" not in request.GET and only_test_play() else ""
    told = request.GET.dict()
    usual = {"first": f"{today - timedelta(days=DAYS - 1)}", "last": f"{today}", "players": players}
    told = usual | {key: value for key, value in told.items() if value}
    return AskedForm(told, scope=reach(request, permission))


def question_of(form: AskedForm, request: HttpRequest, permission: str, now: datetime) -> Question:
    """The valid form as a question: amounts in the base currency, posted days."""
    data = form.cleaned_data
    return Question(
        first=data["first"], last=data["last"], as_of=now, scope=reach(request, permission), converted=True,
        brand_id=int(data["brand"]) if data["brand"] else None, jurisdiction=data["jurisdiction"],
        test_players=data.get("players") == "test",
    )  # fmt: skip


def question_before(question: Question) -> Question:
    """The same of as many days right before."""
    period = Period(question.first, question.last).before
    return replace(question, first=period.first, last=period.last)


def question_words(question: Question, **more: str) -> str:
    """The question as the query string of a report's page."""
    told = {"first": f"{question.first}", "last": f"{question.last}"}
    if question.brand_id is not None:
        told["brand"] = f"{question.brand_id}"
    if question.jurisdiction:
        told["jurisdiction"] = question.jurisdiction
    return urlencode(told | more)
