from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import BookScreen
from common.backoffice.display import instant, record_link
from common.scope import PLAYER
from compliance.audit.admin.links import actor_link
from compliance.harm.admin.case_sections import effect_words
from compliance.harm.models import Interaction


@admin.register(Interaction)
class InteractionAdmin(BookScreen[Interaction]):
    """What was seen, done and heard, and what changed after 7 and 30 days (UK-16, R-11)."""

    scope = PLAYER
    list_display = ("number", "player_link", "when", "who", "channel", "done_short", "week", "month")
    list_select_related = ("player",)
    list_filter = (("channel", ChoicesDropdownFilter),)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "No interaction was recorded yet. They are recorded on the page of a case."
    facts = (
        (None, (("player_link", "case_link"), ("when", "who"), "channel", "seen", "done", "answer")),
        ("What changed", (("week", "month"),)),
    )

    @admin.display(description="No.")
    def number(self, row: Interaction) -> str:
        return f"{row.pk}"

    @admin.display(description="Player")
    def player_link(self, row: Interaction) -> str:
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="Case")
    def case_link(self, row: Interaction) -> str:
        return record_link("harm.case", row.case_id, f"No. {row.case_id}")

    @admin.display(description="When")
    def when(self, row: Interaction) -> str:
        return instant(row.at)

    @admin.display(description="Who")
    def who(self, row: Interaction) -> str:
        return actor_link(row.by)

    @admin.display(description="Done")
    def done_short(self, row: Interaction) -> str:
        return row.done if len(row.done) <= 80 else f"{row.done[:79]}…"

    @admin.display(description="After 7 days")
    def week(self, row: Interaction) -> str:
        return effect_words(row.after_7)

    @admin.display(description="After 30 days")
    def month(self, row: Interaction) -> str:
        return effect_words(row.after_30)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)
