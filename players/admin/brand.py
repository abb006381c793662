from django.contrib import admin
from django.http import HttpRequest

from common.backoffice.books import ListScreen
from common.backoffice.display import tag
from common.scope import Scoping
from players.models import Brand


@admin.register(Brand)
class BrandAdmin(ListScreen[Brand]):
    """The shop windows. A disabled brand's players place no bets."""

    scope = Scoping(brand="pk", jurisdiction="jurisdiction", indexed=True)
    list_display = ("name", "code", "jurisdiction", "state")
    fields = ("code", "name", "jurisdiction", "enabled")
    when_empty = "No brand yet: add one, then players can be opened under it."

    @admin.display(description="State")
    def state(self, brand: Brand) -> str:
        return tag("Open", "success") if brand.enabled else tag("Closed", "danger")

    def get_readonly_fields(self, request: HttpRequest, obj: Brand | None = None) -> tuple[str, ...]:
        """The code stands in links and reports: given once."""
        return ("code",) if obj is not None else ()
