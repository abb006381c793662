from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from casino.gateways.enums import InstrumentKind
from casino.routing.admin.rows import for_whom, state_tag, time_words
from casino.routing.models import MethodTerms, PaymentMethod, Route
from casino.routing.selectors.candidates import range_words
from casino.routing.selectors.words import limits_words
from casino.routing.services.methods import method_change, method_define
from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import code, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide

MOST_ROWS = 50


class MethodForm(forms.ModelForm[PaymentMethod]):
    """A method: names one on a line, such as `de: Karte`."""

    names = forms.CharField(
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}), max_length=1000,
        help_text="One language on a line, English at least, such as en: Card",
    )  # fmt: skip
    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = PaymentMethod
        fields = ("code", "kind", "for_deposit", "for_payout")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["names"] = "\n".join(f"{word}: {name}" for word, name in sorted(self.instance.names.items()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pairs = [line.partition(":") for line in data.get("names", "").splitlines() if line.strip()]
        data["names"] = {language.strip(): name.strip() for language, _colon, name in pairs}
        if not data["names"].get("en"):
            self.add_error("names", "An English name is needed, such as en: Card")
        return data


@admin.register(PaymentMethod)
class PaymentMethodAdmin(ListScreen[PaymentMethod]):
    """Ways to pay as players know them. Terms and routes say who is offered which, and who carries it."""

    scope = HouseWide("The list of methods is one for all brands; terms and routes are each brand's.")
    form = MethodForm
    ordering = ("code",)
    list_display = ("code_text", "name", "kind", "ways")
    search_fields = ("code",)
    search_help_text = "The method's code, exactly."
    when_empty = "No method yet: add one with the + above."
    list_before_template = "admin/routing/method_head.html"
    fields = ("code", "kind", "names", "for_deposit", "for_payout", "reason")

    @admin.display(description="Code")
    def code_text(self, row: PaymentMethod) -> str:
        return code(row.code)

    @admin.display(description="Name")
    def name(self, row: PaymentMethod) -> str:
        return str(row.names["en"])

    @admin.display(description="For")
    def ways(self, row: PaymentMethod) -> str:
        words = [*(["deposits"] if row.for_deposit else []), *(["payouts"] if row.for_payout else [])]
        return tag(" and ".join(words), "info")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term.lower())

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        return ("code", "kind") if obj is not None else ()

    def sections(self, request: HttpRequest, row: PaymentMethod) -> Sequence[Section]:
        terms = MethodTerms.objects.filter(method=row).select_related("brand").order_by("-starts_at", "-pk")[:MOST_ROWS]
        routes = Route.objects.filter(method=row).select_related("brand").order_by("-starts_at", "-pk")[:MOST_ROWS]
        return (
            Section(
                "Terms", ("Row", "Purpose", "For", "Terms", "State", "Holds"),
                [(record_link("routing.methodterms", one.pk, f"No. {one.pk}"), one.get_purpose_display(),
                  for_whom(one), limits_words(one), state_tag(one), time_words(one)) for one in terms],
                empty="Nobody is offered this method: it has no terms.", permission="routing.view_methodterms",
            ),
            Section(
                "Routes", ("Row", "Purpose", "Gateway", "For", "Amounts", "Turn", "State"),
                [(record_link("routing.route", one.pk, f"No. {one.pk}"), one.get_purpose_display(), code(one.gateway),
                  for_whom(one), range_words(one), f"place {one.place}, weight {one.weight}", state_tag(one))
                 for one in routes],
                empty="No gateway carries this method.", permission="routing.view_route",
            ),
        )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: PaymentMethod, form: Any, change: bool) -> None:
        data, actor, now = form.cleaned_data, staff_actor(request), utc_now()
        both = {"for_deposit": data["for_deposit"], "for_payout": data["for_payout"], "reason": data["reason"]}
        if change:
            method_change(method_id=obj.pk, names=data["names"], actor=actor, now=now, **both)
            return
        made = method_define(
            code=data["code"], names=data["names"], kind=InstrumentKind(data["kind"]), actor=actor, now=now, **both
        )
        obj.pk, obj.names = made.pk, made.names
