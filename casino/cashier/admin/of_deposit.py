"""What every screen about refunds and chargebacks shows alike."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet

from common.backoffice.books import BookScreen
from common.backoffice.display import record_link
from common.backoffice.screen import Row
from common.scope import Scoping


class OfDepositScreen(BookScreen[Row]):
    """A book of rows that belong to a deposit, found by its reference or the player's public id."""

    scope = Scoping(brand="deposit__player__brand_id", jurisdiction="deposit__player__jurisdiction")
    list_select_related: ClassVar[bool | list[str] | tuple[str, ...]] = ("deposit__player",)
    search_fields = ("deposit__reference",)
    search_help_text = "Reference of the deposit or public id of the player, exactly."

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(deposit__reference=term) | queryset.filter(deposit__player__public_id=term)

    @admin.display(description="Player")
    def player_link(self, row: Row) -> str:
        player = row.deposit.player  # type: ignore[attr-defined]  # every row here has one
        return record_link("players.player", player.pk, player)

    @admin.display(description="Deposit")
    def deposit_link(self, row: Row) -> str:
        deposit = row.deposit  # type: ignore[attr-defined]  # every row here has one
        return record_link("cashier.deposit", deposit.pk, deposit)
