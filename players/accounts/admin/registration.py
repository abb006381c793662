from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import ListScreen
from common.backoffice.display import instant, record_link, tag
from common.scope import Scoping
from players.accounts.enums import RegistrationOutcome
from players.accounts.models import Registration

VARIANTS = {RegistrationOutcome.OPENED: "success", RegistrationOutcome.REGISTER_SILENT: "warning"}


@admin.register(Registration)
class RegistrationAdmin(ListScreen[Registration]):
    """Attempts to open an account, with what came of them: nothing personal is kept of who was refused."""

    scope = Scoping(brand="brand_id", jurisdiction="brand__jurisdiction")
    has_time_line = False
    list_display = ("when", "what", "brand", "player_link", "matched_link", "matched_by", "country", "address")
    list_select_related = ("brand", "player", "matched")
    list_filter = (("outcome", ChoicesDropdownFilter),)
    when_empty = "Nobody tried to open an account yet."
    facts = (
        (None, (("when", "what"), ("brand", "country"), ("player_link", "address"), ("matched_link", "matched_by"))),
    )
    readonly_fields = ("when", "what", "brand", "player_link", "matched_link", "matched_by", "country", "address")

    @admin.display(description="At")
    def when(self, row: Registration) -> str:
        return instant(row.attempted_at)

    @admin.display(description="Outcome")
    def what(self, row: Registration) -> str:
        return tag(row.get_outcome_display(), VARIANTS.get(RegistrationOutcome(row.outcome), "danger"))

    @admin.display(description="Account")
    def player_link(self, row: Registration) -> str:
        return record_link("players.player", row.player_id, row.player) if row.player else "–"

    @admin.display(description="Like")
    def matched_link(self, row: Registration) -> str:
        return record_link("players.player", row.matched_id, row.matched) if row.matched else "–"

    @admin.display(description="Address")
    def address(self, row: Registration) -> str:
        return row.ip or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Players register themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
