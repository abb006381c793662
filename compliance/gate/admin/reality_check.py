from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, instant, money, record_link, tag
from common.clock import utc_now
from common.scope import PLAYER
from compliance.gate.models import PlayClock, RealityCheck, RealityInterval


class _OfPlayer(BookScreen[Any]):
    """What belongs to one player, found by the player's public id."""

    scope = PLAYER
    list_select_related = ("player",)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="Player")
    def whom(self, row: Any) -> str:
        return record_link("players.player", row.player_id, row.player)


@admin.register(RealityCheck)
class RealityCheckAdmin(_OfPlayer):
    """Every reality check as it was shown and acknowledged."""

    list_display = ("whom", "due", "acknowledged", "staked_amount", "won_amount")
    when_empty = "No reality check was acknowledged yet: the first is due an hour after play begins."
    facts = (
        (None, (("whom", "began"), ("due", "acknowledged"))),
        ("Shown to the player", (("staked_amount", "won_amount"), ("pause", "policy_row_id"))),
    )

    @admin.display(description="Sitting began")
    def began(self, row: RealityCheck) -> str:
        return instant(row.started_at)

    @admin.display(description="Due")
    def due(self, row: RealityCheck) -> str:
        return instant(row.due_at)

    @admin.display(description="Acknowledged")
    def acknowledged(self, row: RealityCheck) -> str:
        return instant(row.acknowledged_at)

    @admin.display(description="Staked")
    def staked_amount(self, row: RealityCheck) -> str:
        return money(row.staked, row.currency)

    @admin.display(description="Won")
    def won_amount(self, row: RealityCheck) -> str:
        return money(row.won, row.currency)

    @admin.display(description="Pause until")
    def pause(self, row: RealityCheck) -> str:
        return instant(row.paused_until) if row.paused_until else NOTHING


@admin.register(PlayClock)
class PlayClockAdmin(_OfPlayer):
    """Who plays since when, and when the next reality check is due."""

    list_display = ("whom", "began", "due", "state")
    when_empty = "Nobody has played for money yet."
    facts = ((None, (("whom", "state"), ("began", "due"), ("interval_minutes", "policy_row_id"))),)

    @admin.display(description="Sitting began")
    def began(self, row: PlayClock) -> str:
        return instant(row.started_at)

    @admin.display(description="Next check")
    def due(self, row: PlayClock) -> str:
        return instant(row.due_at) if row.due_at else "none"

    @admin.display(description="State")
    def state(self, row: PlayClock) -> str:
        if row.paused_until is not None and utc_now() < row.paused_until:
            return tag("Pause", "warning")
        if row.due_at is not None and row.due_at <= utc_now():
            return tag("Waits for acknowledgement", "danger")
        return tag("Runs", "success")


@admin.register(RealityInterval)
class RealityIntervalAdmin(_OfPlayer):
    """How often players want to be told."""

    list_display = ("whom", "minutes", "chosen")
    when_empty = "No player has chosen yet: the policy's interval counts."
    facts = ((None, (("whom", "minutes"), "chosen")),)

    @admin.display(description="Chosen")
    def chosen(self, row: RealityInterval) -> str:
        return instant(row.chosen_at)
