from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter

from casino.play.models import GameSession
from casino.play.selectors.sessions import session_state
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, record_link, tag
from common.backoffice.time_range import TimeRange
from common.clock import utc_now
from common.scope import PLAYER


class Alive(DropdownFilter):
    """In play now, by the partial index of living sessions."""

    title = "state"
    parameter_name = "state"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("alive", "In play now")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "alive":
            return queryset
        return queryset.filter(ended_at__isnull=True, last_seen_at__gt=utc_now() - settings.SESSION_IDLE)


@admin.register(GameSession)
class GameSessionAdmin(BookScreen[GameSession]):
    """Launches of games. The state is computed: a session idles out by the clock."""

    scope = PLAYER
    list_display = ("session", "player_link", "game_name", "state", "launched", "seen")
    list_select_related = ("player", "game", "provider")
    list_filter = (Alive, ("launched_at", TimeRange), ("provider", RelatedDropdownFilter))
    search_fields = ("public_id",)
    search_help_text = "Session id, or public id of the player, exactly."
    when_empty = "No game was launched yet. `manage.py simulate` launches some."
    facts = (
        (
            None,
            (
                ("session", "state"),
                ("player_link", "game_name"),
                ("mode", "provider"),
                ("launched", "authenticated"),
                ("seen", "ended"),
            ),
        ),
    )

    @admin.display(description="Session")
    def session(self, session: GameSession) -> str:
        return code(session.public_id)

    @admin.display(description="Player")
    def player_link(self, session: GameSession) -> str:
        return record_link("players.player", session.player_id, session.player)

    @admin.display(description="Game")
    def game_name(self, session: GameSession) -> str:
        return session.game.name if session.game else NOTHING

    @admin.display(description="State")
    def state(self, session: GameSession) -> str:
        state = session_state(session, now=utc_now())
        return tag(state.title, state.variant)

    @admin.display(description="Launched")
    def launched(self, session: GameSession) -> str:
        return instant(session.launched_at)

    @admin.display(description="Token exchanged")
    def authenticated(self, session: GameSession) -> str:
        return instant(session.authenticated_at)

    @admin.display(description="Last seen")
    def seen(self, session: GameSession) -> str:
        return instant(session.last_seen_at)

    @admin.display(description="Ended")
    def ended(self, session: GameSession) -> str:
        return instant(session.ended_at)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        by_session = queryset.filter(public_id=term)
        return by_session if by_session.exists() else queryset.filter(player__public_id=term)
