"""Own password."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy

from common.clock import utc_now
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.signin.services.sessions import sessions_end_of


class PasswordChange(PasswordChangeView):
    """Asks for the old one; every other session ends."""

    success_url = reverse_lazy("account_change_password")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever signs in by passkey alone has no password to change."""
        user: Any = request.user
        if not user.has_usable_password():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Change, record, end the other sessions."""
        user: Any = self.request.user
        actor, now = f"staff:{user.pk}", utc_now()
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            audit_record(name=EventName.PASSWORD_CHANGED, actor=actor, now=now, subject=f"staff.staffuser:{user.pk}")
            sessions_end_of(
                staff_id=user.pk, actor=actor, reason="password changed", now=now,
                except_key=self.request.session.session_key or "",
            )  # fmt: skip
        return response
