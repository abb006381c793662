"""No page of the back office without a second factor (SEC-11)."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.clock import utc_now
from compliance.signin.middleware.gate import Gate
from compliance.signin.middleware.session_life import session_over, to_page
from compliance.signin.session_life import factor_proved

# What somebody may see who proved the password only: how to enrol, and the way out.
ENROLMENT: Final = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout", "admin_logout"}
)


class SecondFactorMiddleware(Gate):
    """A session in which no second factor was proved reaches the pages of enrolment, and nothing else."""

    def stops(self, request: HttpRequest, user: Any) -> HttpResponse | None:
        """Asked for every page, ours or a library's."""
        if factor_proved(request):
            return None
        if Authenticator.objects.filter(user_id=user.pk).exists():
            # The factor was not asked in this session: whatever made it, it does not count.
            return session_over(request, "without a second factor", utc_now())
        if request.resolver_match is not None and request.resolver_match.url_name in ENROLMENT:
            return None
        messages.info(request, "Before anything else, add a second factor: an authenticator app or a passkey.")
        return to_page(request, reverse("mfa_index"))
