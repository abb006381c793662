"""Own sessions: where one is signed in, and ending it there."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.clock import utc_now
from common.errors import Refusal
from compliance.signin.services.sessions import session_end, sessions_end_of

REASON = "ended by its owner"


@require_http_methods(["GET", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """GET lists them; POST with `session` ends that one, with `others` every other one."""
    if request.method == "POST":
        _end(request)
        return HttpResponseRedirect(reverse("usersessions_list"))
    user: Any = request.user
    sessions = UserSession.objects.purge_and_list(user)
    sessions.sort(key=lambda session: session.last_seen_at, reverse=True)
    here = request.session.session_key
    rows = [{"session": session, "here": session.session_key == here} for session in sessions]
    return TemplateResponse(request, "usersessions/usersession_list.html", {"title": "Sessions", "rows": rows})


def _end(request: HttpRequest) -> None:
    user: Any = request.user
    actor, now = f"staff:{user.pk}", utc_now()
    if "others" in request.POST:
        count = sessions_end_of(
            staff_id=user.pk, actor=actor, reason=REASON, now=now, except_key=request.session.session_key or ""
        )
        messages.success(request, f"{count} other sessions ended." if count != 1 else "The other session ended.")
        return
    chosen = request.POST.get("session", "")
    try:
        session_end(
            session_id=int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 18 else 0,
            staff_id=user.pk, actor=actor, reason=REASON, now=now,
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "The session ended.")
