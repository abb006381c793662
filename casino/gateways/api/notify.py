"""The webhook of every gateway: bytes in, kept with the signature's verdict, answered at once, worked off by a task."""

from __future__ import annotations

from typing import Final

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casino.gateways.credentials import credentials_of
from casino.gateways.enums import Verdict
from casino.gateways.errors import GatewayNotConfigured, GatewayUnknown
from casino.gateways.registry import adapter_get
from casino.gateways.services.messages import message_keep
from casino.gateways.types import Adapter, Credentials, RawMessage
from common.clock import utc_now
from common.http.address import client_address
from players.api.kit.errors import RateLimited
from players.api.kit.throttle import Rate, address_counted

MAX_BODY: Final = 256 * 1024
MAX_QUERY: Final = 16 * 1024
FORGED: Final = Rate(name="gateway-forged", address="60/hour")
log = structlog.get_logger()


@csrf_exempt
@require_http_methods(["GET", "POST"])
def notify(request: HttpRequest, gateway: str) -> HttpResponse:
    """The gateway's own answer once its message is kept.

    404 for a gateway that there is not, 503 for one without credentials or while nothing can be kept (it will repeat),
    411 and 413 for a body of unknown or too great length, 429 for an address that sends too many forged ones.
    """
    try:
        adapter, credentials = adapter_get(gateway), credentials_of(gateway)
    except GatewayUnknown:
        return _plain("no such gateway", 404)
    except GatewayNotConfigured:
        return _plain("not configured", 503)
    if (refused := _too_much(request)) is not None:
        return refused
    message = RawMessage(
        gateway=gateway, method=str(request.method),
        headers={name.lower(): text for name, text in request.headers.items()},
        query=request.META.get("QUERY_STRING", ""), body=request.body,
    )  # fmt: skip
    verdict, note = _verdict(adapter, message, credentials)
    if verdict is not Verdict.VALID:
        try:
            address_counted(request, FORGED)
        except RateLimited:
            return _plain("too many messages without a valid signature", 429)
    address = client_address(request)
    try:
        message_keep(message=message, verdict=verdict, ip=str(address) if address else None, now=utc_now(), note=note)
    except DatabaseError:
        log.exception("gateways:message:not_kept", gateway=gateway)
        return _plain("try again later", 503)
    if note:
        return _plain("the signature could not be checked", 500)
    answer = adapter.answer_to(message, verdict, credentials)
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)


def _verdict(adapter: Adapter, message: RawMessage, credentials: Credentials) -> tuple[Verdict, str]:
    """The signature's verdict; an adapter that breaks over a message has not found it to be the gateway's own."""
    try:
        return adapter.verdict_of(message, credentials), ""
    except Exception as problem:
        log.exception("gateways:verdict:failed", gateway=message.gateway)
        return Verdict.INVALID, f"the signature could not be checked: {type(problem).__name__}"


def _too_much(request: HttpRequest) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        if length or request.method == "POST":
            return _plain("a body needs its length", 411)
        length = "0"
    if int(length) > MAX_BODY or len(request.META.get("QUERY_STRING", "")) > MAX_QUERY:
        return _plain("too long", 413)
    return None


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
