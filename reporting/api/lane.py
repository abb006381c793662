"""The reporting API's calls in a lane of their own, past everything of staff: no session, no cookie, no CSRF.

A staff session sent along opens nothing here, and a token opens nothing of the back office's pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve

from players.api.kit.errors import NoSuchCall
from reporting.api.envelope import refusal_response

LANE: Final = "/api/backoffice/"


class BackOfficeLaneMiddleware:
    """Stands after the audit trail's middleware, which gives each call its number, and before those of staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(LANE):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return refusal_response(NoSuchCall())
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response.render() if isinstance(response, SimpleTemplateResponse) else response
