"""How allauth's account pages behave in this house."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from common.clock import utc_now
from common.http.address import client_address
from compliance.signin.lock import lock_holds
from compliance.signin.refusals import sign_in_refused
from compliance.signin.services.former_passwords import present_password_keep
from compliance.signin.services.sessions import session_started
from compliance.signin.session_life import life_begin
from compliance.signin.step_up import step_up_fresh

REFUSED = "The username and/or password you specified are not correct."


class StaffAccountAdapter(DefaultAccountAdapter):
    """No sign-up, no mail, our addresses, our audit trail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": REFUSED,
        "rate_limited": "Too many attempts. Wait a minute and try again.",
        "too_many_login_attempts": "Too many attempts. Wait a few minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by administrators (SEC-10)."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only this very host may follow a sign-in, not every host that we answer to."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller behind our own proxies (TRUSTED_PROXIES)."""
        return str(client_address(request) or "0.0.0.0")  # noqa: S104 - an address for "unknown", nothing listens

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The house sends no mail yet; changes of factors stand in the audit trail."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong name or password, or the right one while locked."""
        sign_in_refused(request, username=str(credentials.get("username", "")), now=utc_now())

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Before the second factor, and for passkeys before anything: people who work here only."""
        if not (user.is_active and user.is_staff):
            messages.error(request, REFUSED)
            return _turned_away(request, user)
        return None

    def login(self, request: HttpRequest, user: Any) -> None:
        """Everything is proved: the session begins, and the trail says how. Not while the name is locked, whatever
        the proof: a passkey alone, or after a password that was given before the lock (SEC-07).
        """
        if lock_holds(request, user.get_username()):
            request.axes_locked_out = True  # type: ignore[attr-defined]  # axes' middleware answers with its page
            raise ImmediateHttpResponse(_turned_away(request, user))
        now = utc_now()
        proofs = [str(one.get("type", one["method"])) for one in get_authentication_records(request, user)]
        with transaction.atomic():
            super().login(request, user)
            life_begin(request.session, now)
            present_password_keep(staff_id=user.pk, password=user.password, now=now)
            session_started(staff_id=user.pk, proofs=proofs, now=now)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor proves it; the password alone is for those who are about to enrol."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return factors or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of a proof, a sign-in included."""
        return not step_up_fresh(context.request, utc_now())


def _turned_away(request: HttpRequest, user: Any) -> HttpResponse:
    """Nothing that was proved so far counts any more, and the trail says that somebody tried."""
    clear_login(request)
    sign_in_refused(request, username=user.get_username(), now=utc_now())
    return HttpResponseRedirect(reverse("account_login"))
