from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import code, instant, record_link
from common.clock import utc_now
from common.scope import HouseWide
from compliance.signin.services.sessions import session_end


@admin.register(UserSession)
class StaffSessionAdmin(BookScreen[UserSession]):
    """Who is signed in from where. The session's key opens it, so it is shown nowhere."""

    scope = HouseWide("Colleagues work for the house, not for a brand.")
    list_display = ("number", "person", "began", "seen", "address", "browser")
    list_select_related = ("user",)
    search_fields = ("user__username",)
    search_help_text = "Sign-in name, exactly."
    facts = ((None, (("person", "address"), ("began", "seen"), "browser")),)
    actions_detail = ("end",)
    when_empty = "Nobody is signed in."

    @admin.display(description="No.")
    def number(self, session: UserSession) -> str:
        return f"{session.pk}"

    @admin.display(description="Person")
    def person(self, session: UserSession) -> str:
        return record_link("staff.staffuser", session.user_id, session.user.get_username())

    @admin.display(description="Began")
    def began(self, session: UserSession) -> str:
        return instant(session.created_at)

    @admin.display(description="Last seen")
    def seen(self, session: UserSession) -> str:
        return instant(session.last_seen_at)

    @admin.display(description="Address")
    def address(self, session: UserSession) -> str:
        return code(str(session.ip))

    @admin.display(description="Browser")
    def browser(self, session: UserSession) -> str:
        return session.user_agent

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(user__username__iexact=term)

    def has_end_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may end a colleague's session."""
        return self.may(request, "usersessions.delete_usersession", obj)

    @action(description="End the session", url_path="end", icon="logout", permissions=["end"])
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(session: UserSession) -> Question:
            name = session.user.get_username()
            words = f"{name} is signed out at once there, and may sign in again."
            return Question(f"End a session of {name}?", words, "End the session", dangerous=True)

        def perform(session: UserSession, form: ReasonForm) -> HttpResponse:
            session_end(
                session_id=session.pk, actor=staff_actor(request), reason=form.cleaned_data["reason"], now=utc_now()
            )
            return self._gone(request, session)

        return confirmed(
            self, request, object_id, question=question, form_class=ReasonForm, perform=perform, step_up=True
        )

    def _gone(self, request: HttpRequest, session: UserSession) -> HttpResponse:
        messages.success(request, f"The session of {session.user.get_username()} ended.")
        return HttpResponseRedirect(reverse("admin:usersessions_usersession_changelist"))
