from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminTextareaWidget

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import instant, money, tag
from common.clock import utc_now
from common.scope import HouseWide
from compliance.audit.admin.links import actor_link
from compliance.audit.enums import ThresholdKind
from compliance.audit.models import Threshold
from compliance.audit.services.thresholds import threshold_set


class ThresholdForm(forms.ModelForm[Threshold]):
    """A new value, in force at once."""

    value = forms.DecimalField(
        max_digits=18, decimal_places=2, min_value=0, widget=UnfoldAdminDecimalFieldWidget,
        help_text="In the base currency; for refused sign-ins, how many.",
    )  # fmt: skip
    reason = forms.CharField(max_length=300, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    class Meta:
        model = Threshold
        fields = ("kind", "value", "reason")

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if value <= 0:
            raise forms.ValidationError("A threshold is a number above zero.")
        return value


@admin.register(Threshold)
class ThresholdAdmin(ListScreen[Threshold]):
    """From which size wins, stakes and refused sign-ins are significant events. A new value is a new row."""

    scope = HouseWide("The regulator's list counts for every brand.")
    form = ThresholdForm
    list_display = ("kind", "amount", "state", "since", "who", "reason")
    list_filter = (("kind", ChoicesDropdownFilter),)
    when_empty = "No threshold is set: no win, stake or sign-in is significant by its size."
    when_empty_do = "Set one with the + above."
    fields = ("kind", "value", "reason")
    facts = ((None, (("kind", "amount"), ("state", "since"), ("who", "reason"))),)

    @admin.display(description="From")
    def amount(self, threshold: Threshold) -> str:
        if threshold.kind == ThresholdKind.REFUSED_SIGN_INS:
            return f"{threshold.value.normalize():,f}"
        return money(threshold.value, settings.BASE_CURRENCY)

    @admin.display(description="State")
    def state(self, threshold: Threshold) -> str:
        if threshold.valid_from > utc_now():
            return tag("To come", "info")
        return tag("Past") if getattr(threshold, "replaced", False) else tag("In force", "success")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        newer = Threshold.objects.filter(
            kind=OuterRef("kind"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=utc_now()
        )
        rows: QuerySet[Any] = super().get_queryset(request)
        narrowed: QuerySet[Any] = rows.annotate(replaced=Exists(newer))
        return narrowed

    @admin.display(description="Since")
    def since(self, threshold: Threshold) -> str:
        return instant(threshold.valid_from)

    @admin.display(description="Set by")
    def who(self, threshold: Threshold) -> str:
        return actor_link(threshold.set_by)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("kind", "amount", "state", "since", "who", "reason") if obj is not None else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may set one."""
        return bool(request.user.has_perm("audit.set_threshold"))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Threshold, form: Any, change: bool) -> None:
        data = form.cleaned_data
        made = threshold_set(
            kind=ThresholdKind(data["kind"]), value=data["value"], reason=data["reason"], actor=staff_actor(request),
            now=utc_now(),
        )  # fmt: skip
        obj.pk = made.pk
        obj.refresh_from_db()
