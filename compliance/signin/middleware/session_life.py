"""Ends sessions that idled or grew too old, before a page is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from common.clock import utc_now
from common.http.address import client_address
from compliance.signin.services.sessions import session_ended
from compliance.signin.session_life import life_over, life_seen

WORDS: Final = {
    "idle": "You were signed out after 15 minutes without activity.",
    "12 hours old": "You were signed out: a session lasts 12 hours.",
}


class SessionLifeMiddleware:
    """15 minutes without a request, 12 hours in all; and nothing is left of the session of somebody switched off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        now = utc_now()
        if not user.is_authenticated:
            if SESSION_KEY in request.session:
                request.session.flush()
            return self.get_response(request)
        reason = life_over(request.session, now)
        if reason:
            return session_over(request, reason, now)
        if life_seen(request.session, now):
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=now,
                ip=str(client_address(request) or "0.0.0.0"),  # noqa: S104 - "unknown"
            )
        return self.get_response(request)


def session_over(request: HttpRequest, reason: str, now: datetime) -> HttpResponse:
    """End the request's session and lead to the sign-in, and from there back to where the person was."""
    user: Any = request.user
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    session_ended(staff_id=user.pk, actor=f"staff:{user.pk}", reason=reason, now=now)
    logout(request)
    messages.info(request, WORDS.get(reason, "Please sign in again."))
    return to_page(request, f"{reverse('account_login')}{_way_back(request)}")


def to_page(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect; htmx gets one that changes the page and not a part of it."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _way_back(request: HttpRequest) -> str:
    if request.method != "GET" or request.headers.get("HX-Request") or request.path.startswith("/account/"):
        return ""
    return "?" + urlencode({"next": request.get_full_path()})
