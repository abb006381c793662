from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import BookScreen
from common.backoffice.display import instant, record_link, tag
from common.backoffice.time_range import TimeRange
from common.scope import PLAYER
from players.personal.admin.report import RevealReportView
from players.personal.models import Reveal


@admin.register(Reveal)
class RevealAdmin(BookScreen[Reveal]):
    """Every look at somebody's personal data, with what it was for."""

    scope = PLAYER
    list_display = ("revealed", "who", "player_link", "what", "purpose", "note")
    list_select_related = ("staff", "player")
    list_filter = (
        ("revealed_at", TimeRange),
        ("group", ChoicesDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
    )
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, or user name of the colleague, exactly."
    when_empty = "Nobody has revealed personal data yet."
    list_before_template = "admin/personal/reveal_list.html"
    facts = ((None, (("revealed", "who"), ("player_link", "what"), "purpose", "note")),)

    @admin.display(description="When")
    def revealed(self, reveal: Reveal) -> str:
        return instant(reveal.revealed_at)

    @admin.display(description="Who")
    def who(self, reveal: Reveal) -> str:
        return record_link("staff.staffuser", reveal.staff_id, reveal.staff.username)

    @admin.display(description="Player")
    def player_link(self, reveal: Reveal) -> str:
        return record_link("players.player", reveal.player_id, reveal.player)

    @admin.display(description="What")
    def what(self, reveal: Reveal) -> str:
        return tag(reveal.get_group_display(), "info")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        of_player = queryset.filter(player__public_id=term)
        return of_player if of_player.exists() else queryset.filter(staff__username=term)

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("report/", "personal_reveal_report", RevealReportView.as_view(model_admin=self)),)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        more = {"may_report": request.user.has_perm("personal.view_reveal_report")}
        return super().changelist_view(request, (extra_context or {}) | more)
