"""A lane for signed machine calls past everything that serves browsers.

Middleware, signals, sessions, cookies and redirects cost as much as the edge itself (docs/benchmarks.md), and a game
provider needs none of them. The views of the lane answer every failure themselves, in the contract's form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.db import connections
from django.http import HttpResponseBase
from django.urls import Resolver404, resolve

LANE = "/api/wallet"
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
# The lane has a handful of paths; those that carry a transaction id push each other out.
_resolved = lru_cache(maxsize=128)(resolve)


def fast_lane(application: Application) -> Application:
    """Send `LANE` straight to its views, and every other path to `application` (WSGI, PEP 3333)."""

    def serve(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(LANE):
            return application(environ, start_response)
        request = WSGIRequest(environ)
        try:
            match = _resolved(request.path_info)
        except Resolver404:
            return application(environ, start_response)
        # What Django does by its signals around a request: a connection too old, or broken, is not used again.
        for connection in connections.all(initialized_only=True):
            connection.close_if_unusable_or_obsolete()
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]  # type: ignore[attr-defined]

    return serve
