from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.clock import utc_now
from common.scope import HouseWide
from players.models import Brand, BrandGroup
from players.services.brands import brand_group_add


@admin.register(BrandGroup)
class BrandGroupAdmin(ListScreen[BrandGroup]):
    """Brands of one operator: one person has one account in them, and is excluded from all of them."""

    scope = HouseWide("the names of groups, as every brand's page shows them")
    list_display = ("name", "code", "brands")
    fields = ("code", "name")
    facts = ((None, (("name", "code"), "brands")),)
    search_fields = ("code",)
    search_help_text = "Code of the group, exactly."
    when_empty = "No group yet: every brand stands by itself."

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    @admin.display(description="Brands")
    def brands(self, group: BrandGroup) -> str:
        return ", ".join(Brand.objects.filter(group=group).order_by("code").values_list("name", flat=True)[:20]) or "–"

    def get_readonly_fields(self, request: HttpRequest, obj: BrandGroup | None = None) -> tuple[str, ...]:
        return () if obj is None else ("name", "code", "brands")

    def save_model(self, request: HttpRequest, obj: BrandGroup, form: Any, change: bool) -> None:
        data = form.cleaned_data
        made = brand_group_add(code=data["code"], name=data["name"], actor=staff_actor(request), now=utc_now())
        obj.pk = made.pk
        obj.refresh_from_db()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
