from __future__ import annotations

from django.contrib import admin

from common.backoffice.display import instant, tag
from compliance.limits.admin.of_player import OfPlayerScreen
from compliance.limits.models import LimitReview


@admin.register(LimitReview)
class LimitReviewAdmin(OfPlayerScreen[LimitReview]):
    """Reminders to look at one's limits, and when players did (UK-08)."""

    list_display = ("number", "player_link", "reminded", "state")
    when_empty = "Nobody was reminded yet."
    facts = ((None, (("player_link", "reminded"), "state")),)

    @admin.display(description="Reminded")
    def reminded(self, row: LimitReview) -> str:
        return instant(row.reminded_at)

    @admin.display(description="Reviewed")
    def state(self, row: LimitReview) -> str:
        return instant(row.reviewed_at) if row.reviewed_at else tag("Waits", "warning")
