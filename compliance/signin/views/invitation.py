"""Where a new colleague chooses the own password, by a link that counts once."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from common.clock import utc_now
from compliance.signin.errors import InvitationNotValid
from compliance.signin.services.invitations import invitation_open, invitation_use

# The link is the secret: it stays out of caches and of the addresses that other pages are told.
CLOSED: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
NEW_PASSWORD: Final = {"autocomplete": "new-password"}


class InvitationForm(forms.Form):
    """The password, twice."""

    password1 = forms.CharField(
        label="Your password", max_length=128, strip=False, widget=forms.PasswordInput(attrs=NEW_PASSWORD),
        help_text="At least 12 characters, letters and digits. Nobody else ever knows it.",
    )  # fmt: skip
    password2 = forms.CharField(
        label="Your password, again", max_length=128, strip=False, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )

    def clean_password2(self) -> str:
        second: str = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1") not in {None, second}:
            raise forms.ValidationError("The two passwords differ.")
        return second


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the form while the invitation counts; POST uses it and leads to the sign-in."""
    try:
        person = invitation_open(token=token, now=utc_now()).staff
        form = InvitationForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and _used(form, token):
            messages.success(request, f"Your password is set. Sign in as {person.username}.")
            return HttpResponseRedirect(reverse("account_login"), headers=CLOSED)
    except InvitationNotValid as refusal:
        return _page(request, {"refusal": refusal.message}, 404)
    return _page(request, {"form": form, "person": person}, 422 if form.is_bound else 200)


def _used(form: InvitationForm, token: str) -> bool:
    try:
        invitation_use(token=token, password=form.cleaned_data["password1"], now=utc_now())
    except ValidationError as weak:
        form.add_error("password1", weak)
        return False
    return True


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    words = context | {"title": "Welcome"}
    return TemplateResponse(request, "account/invitation.html", words, status=status, headers=CLOSED)
