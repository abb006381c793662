from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import code, instant, record_link, tag
from common.clock import utc_now
from common.scope import PLAYER
from players.accounts.enums import SessionEnd
from players.accounts.models import PlayerSession
from players.accounts.services.sessions import session_end


@admin.register(PlayerSession)
class PlayerSessionAdmin(ListScreen[PlayerSession]):
    """Sign-ins of players: looked at, and ended with a reason."""

    scope = PLAYER
    has_time_line = False
    list_display = ("name", "player_link", "state", "began", "seen", "address", "device")
    list_select_related = ("player", "device")
    list_filter = (("end_reason", ChoicesDropdownFilter),)
    search_fields = ("public_id",)
    search_help_text = "Public id of the sign-in (ps_…) or of the player (pl_…), exactly."
    when_empty = "No player signed in yet."
    facts = (
        (None, (("name", "player_link"), ("state", "end_reason"), ("began", "seen"), ("strong", "ended"))),
        ("Where from", (("address", "device"), "user_agent")),
    )
    readonly_fields = (
        "name", "player_link", "state", "end_reason", "began", "seen", "strong", "ended", "address", "device",
        "user_agent",
    )  # fmt: skip
    actions_detail = ("end",)

    @admin.display(description="Sign-in")
    def name(self, session: PlayerSession) -> str:
        return code(session.public_id)

    @admin.display(description="Player")
    def player_link(self, session: PlayerSession) -> str:
        return record_link("players.player", session.player_id, session.player)

    @admin.display(description="State")
    def state(self, session: PlayerSession) -> str:
        return tag("Ended") if session.ended_at else tag("Goes on", "success")

    @admin.display(description="Began")
    def began(self, session: PlayerSession) -> str:
        return instant(session.created_at)

    @admin.display(description="Last seen")
    def seen(self, session: PlayerSession) -> str:
        return instant(session.last_seen_at)

    @admin.display(description="Last full proof")
    def strong(self, session: PlayerSession) -> str:
        return instant(session.strong_at)

    @admin.display(description="Ended")
    def ended(self, session: PlayerSession) -> str:
        return instant(session.ended_at) if session.ended_at else "–"

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term) if term.startswith("pl_") else queryset.filter(public_id=term)

    @admin.display(description="Address")
    def address(self, session: PlayerSession) -> str:
        return session.ip or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Players sign in themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_end_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may end sign-ins."""
        return self.may(request, "accounts.end_playersession", obj)

    @action(description="End", icon="logout", permissions=["end"])
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(session: PlayerSession) -> Question:
            words = "From the next call on this device is signed out. The player can sign in again."
            return Question(f"End the sign-in of {session.player.nickname}?", words, "End it", dangerous=True)

        def perform(session: PlayerSession, form: ReasonForm) -> str:
            session_end(
                player_id=session.player_id, public_id=session.public_id, why=SessionEnd.STAFF,
                actor=staff_actor(request), now=utc_now(), words=form.cleaned_data["reason"],
            )  # fmt: skip
            return "The sign-in is over."

        return confirmed(self, request, object_id, question=question, form_class=ReasonForm, perform=perform)
