"""The codes of the second factor: at sign-in, and again for sensitive actions."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from common.clock import utc_now
from compliance.audit.names import EventName
from compliance.signin.lock import failure_count, lock_holds
from compliance.signin.refusals import sign_in_refused
from compliance.signin.services.factors import step_up_passed
from compliance.signin.services.recovery_codes import recovery_code_use
from compliance.signin.services.totp import totp_use

LONGEST = 40


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code. Wrong ones count towards the lock of the name."""

    again: ClassVar[dict[str, bool]] = {}
    code = forms.CharField(
        label="Code",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        self.kind = ""
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """Uses the code up when it is right. While the name is locked the right one is refused too."""
        request, now, name = context.request, utc_now(), self.user.get_username()
        code = str(self.cleaned_data["code"])
        if lock_holds(request, name):
            request.axes_locked_out = True
        elif totp_use(staff_id=self.user.pk, code=code, now=now):
            self.kind = "totp"
            return code
        elif recovery_code_use(staff_id=self.user.pk, code=code, now=now):
            self.kind = "recovery_code"
            return code
        else:
            failure_count(request, name)
        sign_in_refused(request, username=name, now=now, name=EventName.FACTOR_REFUSED)
        error: ValidationError = get_adapter().validation_error("incorrect_code")
        raise error

    def save(self) -> None:
        """Note in the session that the factor was proved, and when."""
        record_authentication(context.request, self.user, "mfa", type=self.kind, **self.again)


class StepUpForm(CodeForm):
    """The same, for somebody who is signed in."""

    again: ClassVar[dict[str, bool]] = {"reauthenticated": True}

    @transaction.atomic
    def save(self) -> None:
        """The trail keeps that it was proved again."""
        super().save()
        step_up_passed(staff_id=self.user.pk, proof=self.kind, now=utc_now())
