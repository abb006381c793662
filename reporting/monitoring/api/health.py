"""Whether this process lives, and whether the house can serve: for orchestrators and load balancers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, ClassVar, Final

import redis.asyncio
from asgiref.sync import async_to_sync
from celery import current_app
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from health_check.contrib.celery import Ping
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView

from reporting.monitoring.api.metrics import metrics

LIVE: Final = b'{"status": "ok"}'
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def _valkey() -> redis.asyncio.Redis:
    return redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


@dataclasses.dataclass
class Worker(Ping):  # type: ignore[misc]  # the library has no types
    """Any one worker that answers. Which queues it serves is asked of no second round trip."""

    app: Any = dataclasses.field(default_factory=lambda: current_app)

    def check_active_queues(self, *active_workers: str) -> None:
        if not active_workers:
            raise ServiceUnavailable("no worker")


class Readiness(HealthCheckView):  # type: ignore[misc]  # as above
    """Database, Valkey and a Celery worker, as JSON: names and words of ours alone, never what an error said."""

    checks: ClassVar[Any] = (
        "health_check.checks.Database",
        ("health_check.contrib.redis.Redis", {"client_factory": _valkey}),
        (Worker, {"limit": 1, "timeout": timedelta(seconds=2)}),
    )
    names: ClassVar = {"Database": "database", "Redis": "valkey", "Worker": "tasks"}

    async def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """200 when all answer, else 503."""
        with self.get_executor() as executor:
            results = [await check.get_result(executor) for check in self.get_checks()]
        parts = {self.names[type(result.check).__name__]: "unavailable" if result.error else "ok" for result in results}
        sound = all(word == "ok" for word in parts.values())
        return JsonResponse({"status": "ok" if sound else "unavailable", "checks": parts}, status=200 if sound else 503)


def live(_request: HttpRequest) -> HttpResponse:
    """This process answers. Nothing else is asked, so that a database that is away restarts no web server."""
    return HttpResponse(LIVE, content_type="application/json", headers={"Cache-Control": "no-store"})


_ready = Readiness.as_view()


def ready(request: HttpRequest) -> HttpResponse:
    """Whether the house can serve."""
    answer: HttpResponse = async_to_sync(_ready)(request)  # the library's view is a coroutine
    return answer


PROBES: Final = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}


def probes(application: Application) -> Application:
    """Answer probes in front of middleware, which asks the database who is signed in (WSGI, PEP 3333)."""

    def serve(environ: Environ, start_response: Any) -> Iterable[bytes]:
        view = PROBES.get(environ.get("PATH_INFO", ""))
        if view is None:
            return application(environ, start_response)
        for connection in connections.all(initialized_only=True):
            connection.close_if_unusable_or_obsolete()
        response = view(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]

    return serve
