"""A test client of somebody who signed in with a second factor, without walking the pages each time.

`force_login` alone is not enough: production has no way around the second factor, so the session says by the same
marks as the real sign-in that one was proved. The pages themselves are walked by tests/signin and tests/browser.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from common.clock import utc_now
from compliance.signin.session_life import life_begin
from compliance.staff.models import StaffUser


def sign_in(client: Client, person: StaffUser) -> Client:
    """Have `client` signed in as `person`, a second factor proved just now (so that step-up lets it pass)."""
    client.force_login(person)
    now = utc_now()
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": now.timestamp(), "username": person.username},
        {"method": "mfa", "at": now.timestamp(), "type": "totp"},
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    life_begin(session, now)
    session.save()
    return client


def signed_in_client(person: StaffUser, **options: Any) -> Client:
    """A new client of somebody signed in; `options` are Client's, such as enforce_csrf_checks."""
    return sign_in(Client(**options), person)
