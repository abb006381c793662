"""What every screen about limits shows alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet

from common.backoffice.books import BookScreen
from common.backoffice.display import money, record_link
from common.backoffice.screen import Row
from common.money import decimal_text
from common.scope import PLAYER


class OfPlayerScreen(BookScreen[Row]):
    """A book of rows that belong to a player, found by his public id."""

    scope = PLAYER
    list_select_related: ClassVar[bool | list[str] | tuple[str, ...]] = ("player",)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="No.")
    def number(self, row: Row) -> str:
        return f"{row.pk}"

    @admin.display(description="Player")
    def player_link(self, row: Row) -> str:
        player: Model = row.player  # type: ignore[attr-defined]  # every row here has one
        return record_link("players.player", player.pk, player)


def amount_shown(amount: Decimal | None, currency: str) -> str:
    """Money, or minutes where there is no currency."""
    if currency or amount is None:
        return money(amount, currency)
    return f"{decimal_text(amount)} min"
