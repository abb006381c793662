from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import tag
from common.backoffice.reach import reach
from common.clock import utc_now
from players.models import Brand
from players.reach import BRANDS
from players.services.brands import BrandTerms, brand_add, brand_edit


@admin.register(Brand)
class BrandAdmin(ListScreen[Brand]):
    """The shop windows. A disabled brand's players place no bets."""

    scope = BRANDS
    list_display = ("name", "code", "jurisdiction", "group", "state")
    list_select_related = ("group",)
    fields = ("code", "name", "jurisdiction", "group", "enabled")
    when_empty = "No brand yet: add one, then players can be opened under it."

    @admin.display(description="State")
    def state(self, brand: Brand) -> str:
        return tag("Open", "success") if brand.enabled else tag("Closed", "danger")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new brand lies in nobody's limited reach."""
        return super().has_add_permission(request) and reach(request, "players.add_brand").everything

    def get_readonly_fields(self, request: HttpRequest, obj: Brand | None = None) -> tuple[str, ...]:
        """The code stands in links and reports: given once."""
        if obj is None:
            return ()
        # Nobody moves a brand out of, or into, the reach of their own grant.
        everywhere = reach(request, "players.change_brand").everything
        return ("code",) if everywhere else ("code", "jurisdiction", "group")

    def save_model(self, request: HttpRequest, obj: Brand, form: Any, change: bool) -> None:
        data = form.cleaned_data
        terms = BrandTerms(
            name=data["name"],
            jurisdiction=data.get("jurisdiction", obj.jurisdiction),
            enabled=data["enabled"],
            group_id=obj.group_id,  # as the form put it, or as it was where it may not be moved
        )
        if change:
            brand_edit(brand_id=obj.pk, terms=terms, actor=staff_actor(request), now=utc_now())
            return
        made = brand_add(code=data["code"], terms=terms, actor=staff_actor(request), now=utc_now())
        obj.pk = made.pk
        obj.refresh_from_db()
