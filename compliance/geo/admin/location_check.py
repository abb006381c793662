from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, record_link, tag
from common.scope import PLAYER
from compliance.geo.models import LocationCheck


@admin.register(LocationCheck)
class LocationCheckAdmin(BookScreen[LocationCheck]):
    """Where players' addresses were found, and whether play is allowed from there."""

    scope = PLAYER
    list_display = ("number", "whom", "found", "place", "checked")
    list_select_related = ("player",)
    list_filter = (("outcome", ChoicesDropdownFilter),)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "Nobody's place was looked at yet: it happens where the policy requires a location."
    facts = (
        (None, (("whom", "found"), ("place", "circle"), ("address", "checked"))),
        ("Held against", (("jurisdiction", "policy_row_id"), "database_build")),
    )

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="No.")
    def number(self, row: LocationCheck) -> str:
        return f"{row.pk}"

    @admin.display(description="Player")
    def whom(self, row: LocationCheck) -> str:
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="Found")
    def found(self, row: LocationCheck) -> str:
        return tag(row.get_outcome_display(), "success" if row.allowed else "danger")

    @admin.display(description="Place")
    def place(self, row: LocationCheck) -> str:
        return " ".join(part for part in (row.city, row.region, row.country) if part) or NOTHING

    @admin.display(description="Confidence")
    def circle(self, row: LocationCheck) -> str:
        return NOTHING if row.radius_km is None else f"within {row.radius_km} km"

    @admin.display(description="Address")
    def address(self, row: LocationCheck) -> str:
        return code(row.ip)

    @admin.display(description="Looked at")
    def checked(self, row: LocationCheck) -> str:
        return instant(row.checked_at)
