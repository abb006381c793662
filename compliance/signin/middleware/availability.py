"""Sign-in while Redis is down: refused in one clear line. Whoever is signed in goes on: sessions are in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from redis.exceptions import RedisError


class AvailabilityMiddleware:
    """Attempts are limited in Redis. Without it they would not be, so there are none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """An account page that needed Redis says that it waits for it."""
        if not isinstance(problem, RedisError) or not request.path.startswith("/account/"):
            return None
        page = TemplateResponse(request, "account/unavailable.html", status=503)
        page["Retry-After"] = "30"
        return page
