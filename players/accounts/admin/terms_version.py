from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import instant
from common.backoffice.reach import BrandFilter, reach
from common.clock import utc_now
from common.scope import Scoping
from players.accounts.enums import TermsKind
from players.accounts.models import TermsVersion
from players.accounts.services.terms import terms_publish
from players.reach import BRANDS


@admin.register(TermsVersion)
class TermsVersionAdmin(ListScreen[TermsVersion]):
    """Terms and privacy policies by brand: a change is a new version, which players are asked to accept."""

    scope = Scoping(brand="brand_id", jurisdiction="brand__jurisdiction")
    has_time_line = False
    list_display = ("title", "kind", "version", "brand", "from_when")
    list_select_related = ("brand",)
    list_filter = (("kind", ChoicesDropdownFilter), ("brand", BrandFilter))
    when_empty = "No terms yet: a brand takes no players before its terms and privacy policy are in force."
    fields = ("brand", "kind", "version", "title", "text", "effective_at")
    facts = ((None, (("title", "kind"), ("brand", "version"), "from_when", "text")),)

    @admin.display(description="In force from")
    def from_when(self, row: TermsVersion) -> str:
        return instant(row.effective_at)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "brand":
            scope = reach(request, "accounts.add_termsversion")
            kwargs["queryset"] = BRANDS.narrow(db_field.related_model.objects.all(), scope)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT002 - Django's
        form = super().get_form(request, obj, change, **kwargs)

        def clean_effective_at(self: Any) -> Any:
            if self.cleaned_data["effective_at"] < utc_now():
                raise forms.ValidationError("This is past: terms take effect from now on.")
            return self.cleaned_data["effective_at"]

        return type(form.__name__, (form,), {"clean_effective_at": clean_effective_at})

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        return () if obj is None else ("title", "kind", "brand", "version", "from_when", "text")

    def save_model(self, request: HttpRequest, obj: TermsVersion, form: Any, change: bool) -> None:
        data = form.cleaned_data
        made = terms_publish(
            brand=data["brand"], kind=TermsKind(data["kind"]), version=data["version"], title=data["title"],
            text=data["text"], effective_at=data["effective_at"], actor=staff_actor(request), now=utc_now(),
        )  # fmt: skip
        obj.pk = made.pk
        obj.refresh_from_db()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
