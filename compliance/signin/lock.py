"""Lock-out after repeated failures (SEC-07): counted by django-axes in PostgreSQL, by name, whatever the address."""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_credentials
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common.http.address import client_address


class LockHandler(AxesDatabaseHandler):
    """A lock lasts its whole time from the failure that closed it.

    axes keeps a row per address and browser, and forgets each at its own age: failures spread over addresses would
    unlock a name before its time.
    """

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        locked_before = bool(getattr(request, "axes_locked_out", False))
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and request.axes_locked_out and not locked_before:
            name = locked_name(request, credentials)
            AccessAttempt.objects.filter(username=name).update(attempt_time=request.axes_attempt_time)


def locked_name(_request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Names are signed in with whatever the case, so they are counted so."""
    return str((credentials or {}).get("username") or "").strip().casefold()[:255]


def caller_address(request: HttpRequest) -> str | None:
    """The caller behind our own proxies, for the rows that axes keeps."""
    address = client_address(request)
    return None if address is None else str(address)


def lock_holds(request: HttpRequest, username: str) -> bool:
    """Whether sign-in under this name is locked, however right the password or code."""
    return not AxesProxyHandler.is_allowed(request, get_credentials(username))


def failure_count(request: HttpRequest, username: str) -> None:
    """Count a failure that is no password: a wrong code of the second factor."""
    AxesProxyHandler.user_login_failed(__name__, get_credentials(username), request)


def locked_page(request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None) -> Any:
    """The same page for names that exist and names that do not."""
    answer = TemplateResponse(request, "account/locked.html", {"title": "Sign-in is locked"}, status=429)
    return answer.render()
