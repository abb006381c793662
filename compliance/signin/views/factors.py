"""Own second factors: authenticator app and passkeys, added and removed, each change in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy

from common.clock import utc_now
from compliance.audit.names import EventName
from compliance.signin.lock import lock_holds
from compliance.signin.middleware.session_life import session_over
from compliance.signin.refusals import sign_in_refused
from compliance.signin.services.factors import factor_changed, factors_of, step_up_passed
from compliance.signin.services.recovery_codes import recovery_codes_left
from compliance.signin.services.totp import totp_use
from compliance.signin.session_life import factor_proved
from compliance.staff.models import StaffUser


class Factors(IndexView):
    """What protects the own sign-in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Besides the factors: how many recovery codes are left."""
        user: Any = self.request.user
        return super().get_context_data(**kwargs) | {"codes_left": recovery_codes_left(staff_id=user.pk)}


class _Adding:
    """What adding a factor has in common: it is recorded, counts as proved, and leads to recovery codes."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Add the factor; the trail and the factor stand or fall together (AUD-09).

        A first factor is added once: of two who know the password, the second has proved too little from then on.
        """
        user: Any = self.request.user
        with transaction.atomic():
            StaffUser.objects.select_for_update(no_key=True).get(pk=user.pk)
            if not factor_proved(self.request) and factors_of(staff_id=user.pk):
                return session_over(self.request, "without a second factor", utc_now())
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            added = Authenticator.objects.filter(user_id=user.pk).latest("pk")
            now = utc_now()
            if added.type == Authenticator.Type.TOTP:
                totp_use(staff_id=user.pk, code=form.cleaned_data["code"], now=now)
            factor_changed(name=EventName.FACTOR_ADDED, staff_id=user.pk, kind=added.type, title=str(added), now=now)
            record_authentication(self.request, user, "mfa", type=added.type)
        return response

    def get_success_url(self) -> str:
        """To the recovery codes, while there are none."""
        user: Any = self.request.user
        return reverse("mfa_index" if recovery_codes_left(staff_id=user.pk) else "mfa_view_recovery_codes")


class TotpAdd(_Adding, ActivateTOTPView):
    """Enrol an authenticator app."""


class PasskeyAdd(_Adding, AddWebAuthnView):
    """Enrol a passkey or security key."""


class TotpRemove(DeactivateTOTPView):
    """Remove the authenticator app; not when it is the only factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove and record."""
        user: Any = self.request.user
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            factor_changed(
                name=EventName.FACTOR_REMOVED, staff_id=user.pk, kind="totp", title="authenticator app", now=utc_now()
            )
        return response


class _OwnPasskey:
    """A page about one passkey. The frame takes `object` for a record of its own, so it goes by another name."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The same, as `passkey`."""
        known: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        known["passkey"] = known.pop("object")
        return known


class PasskeyRename(_OwnPasskey, EditWebAuthnView):
    """Give a passkey another name."""

    success_url = reverse_lazy("mfa_index")


class PasskeyRemove(_OwnPasskey, RemoveWebAuthnView):
    """Remove a passkey; not when it is the only factor."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove and record, or say why not."""
        user: Any = self.request.user
        key = self.get_object()
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(key):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        title = str(key)
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            factor_changed(name=EventName.FACTOR_REMOVED, staff_id=user.pk, kind="webauthn", title=title, now=utc_now())
        return response


class PasskeyStepUp(ReauthenticateWebAuthnView):
    """Prove oneself again by a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The trail keeps that it was proved again; then what waited for it goes on. Not while the name is locked."""
        user: Any = self.request.user
        if lock_holds(self.request, user.get_username()):
            self.request.axes_locked_out = True  # type: ignore[attr-defined]  # axes' middleware answers with its page
            sign_in_refused(self.request, username=user.get_username(), now=utc_now(), name=EventName.FACTOR_REFUSED)
            return self.form_invalid(form)
        step_up_passed(staff_id=form.cleaned_data["credential"].user_id, proof="webauthn", now=utc_now())
        response: HttpResponse = super().form_valid(form)
        return response


class PasskeySignIn(LoginWebAuthnView):
    """Sign in with a passkey alone: it is possession and, verified by the device, knowledge or biometrics at once."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """A passkey that did not hold is a refused sign-in of nobody known."""
        sign_in_refused(self.request, username="", now=utc_now())
        response: HttpResponse = super().form_invalid(form)
        return response
