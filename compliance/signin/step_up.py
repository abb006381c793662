"""Step-up (SEC-13): money, personal data and roles ask for the second factor again when its last proof is minutes old.

    @step_up_required                 a view function, or a method of an admin screen: (self, request, …)
    confirmed(…, step_up=True)        the same for a confirmed action (common/backoffice/confirmed.py)

A sign-in counts as a proof. Otherwise the person is sent to prove the factor and comes back to the page that asked; a
form that was sent meanwhile is carried out after the proof, so nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from common.clock import utc_now

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def step_up_fresh(request: HttpRequest, now: datetime) -> bool:
    """Whether the person proved the second factor (or, without one yet, the password) minutes ago."""
    user: Any = request.user
    if not user.is_authenticated:
        return False
    records = get_authentication_records(request, user)
    factors = [record for record in records if record.get("method") == "mfa"]
    proofs = factors or records
    age = now.timestamp() - max((float(record["at"]) for record in proofs), default=0.0)
    return age + 1 >= 0 and age < settings.STEP_UP_LIFE.total_seconds()


def step_up_demand(request: HttpRequest) -> None:
    """Let the request go on when a proof is fresh. Raises ReauthenticationRequired, which asks for one."""
    if not step_up_fresh(request, utc_now()):
        raise ReauthenticationRequired


def step_up_required(view: View) -> View:
    """A view, or a screen's method, that needs a fresh proof."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponseBase:
        request = next(argument for argument in args if isinstance(argument, HttpRequest))
        step_up_demand(request)
        return view(*args, **kwargs)

    return guarded  # type: ignore[return-value]  # the same signature
