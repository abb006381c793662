"""The door: where the admin sends people who are not signed in, and the way out."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LogoutView
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from common.clock import utc_now
from compliance.signin.services.sessions import session_ended


def admin_entrance(request: HttpRequest) -> HttpResponse:
    """`/admin/login/`: to the one sign-in there is; never Django's own form, which knows no second factor."""
    user: Any = request.user
    back = get_next_redirect_url(request) or reverse("admin:index")
    if not user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    if not user.is_staff:
        raise PermissionDenied
    return HttpResponseRedirect(back)


class SignOut(LogoutView):
    """GET asks, POST signs out."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session, and record it."""
        user: Any = self.request.user
        if user.is_authenticated:
            UserSession.objects.filter(session_key=self.request.session.session_key).delete()
            session_ended(staff_id=user.pk, actor=f"staff:{user.pk}", reason="signed out", now=utc_now())
        response: HttpResponse = super().post(*args, **kwargs)
        return response
