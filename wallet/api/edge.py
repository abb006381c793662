"""The edge of the wallet API: bytes in, bytes out. It translates; it decides nothing.

Every answer, to whatever bytes, has the contract's form. DRF serves only the description of these views: its
request wrapping, negotiation and exception handling are not on the path of a bet.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from time import perf_counter_ns
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.views import APIView

from casino.calls.enums import Signature
from casino.games.selectors.callers import ProviderFacts
from casino.play.types import Answer, Caller
from common.clock import utc_now
from common.errors import Refusal
from common.http.address import is_https
from common.http.strict_json import JsonError, json_object
from wallet.api import errors
from wallet.api.answers import WalletV1
from wallet.api.authentication import authenticate, credentials_read
from wallet.api.record import Seen, call_keep
from wallet.errors import TemporarilyUnavailable

log = logging.getLogger(__name__)
MAX_BODY = 64 * 1024
METHOD_NOT_ALLOWED = 405


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A call as it reaches its translation: parsed body, verified caller, path parameters, the moment."""

    body: dict[str, Any]
    caller: Caller
    dialect: WalletV1
    now: datetime
    path: dict[str, str]


class WalletCall(APIView):
    """One call of the contract. Subclasses say its `method` and give its `answer`."""

    authentication_classes = ()
    permission_classes = ()
    method: ClassVar[str] = "POST"
    signed: ClassVar[bool] = True
    kept: ClassVar[bool] = True
    name: ClassVar[str] = ""

    def answer(self, asked: Asked) -> Answer:  # noqa: ARG002 - the base knows no call
        """Translate the body, call one service or selector, return its answer. May raise a Refusal."""
        raise errors.NoSuchCall

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: str) -> HttpResponse:  # noqa: ARG002 - DRF's signature
        """The whole way of a call; nothing raised in it leaves it."""
        seen = Seen(call=self.name, started=perf_counter_ns(), received_at=utc_now())
        dialect = WalletV1("")
        try:
            dialect.request_id = request_id(request)
            answer = self._answered(request, dialect, seen, kwargs)
        except Refusal as refusal:
            dialect.request_id = dialect.request_id or token_urlsafe(12)
            answer = dialect.refused(refusal=refusal, balance=None)
        except Exception:
            log.exception("wallet call %s failed", self.name)
            answer = dialect.refused(refusal=TemporarilyUnavailable(), balance=None)
        if self.kept:
            try:
                call_keep(request, seen, dialect.request_id, answer)
            except Exception:
                log.exception("a call of %s was not kept", self.name)
        response = response_of(answer, dialect.request_id)
        if answer.status == METHOD_NOT_ALLOWED:
            response["Allow"] = self.method
        return response

    def _answered(self, request: HttpRequest, dialect: WalletV1, seen: Seen, path: dict[str, str]) -> Answer:
        if settings.REQUIRE_HTTPS and not is_https(request):
            raise errors.HttpsRequired
        if self.method and request.method != self.method:
            raise errors.MethodNotAllowed(allowed=self.method)
        body_read(request, seen)
        if not self.signed:
            return self.answer(
                Asked(body={}, caller=Caller(provider_id=0, code=""), dialect=dialect, now=seen.received_at, path=path)
            )
        try:
            provider = authenticate(request, credentials_read(request), seen.body, seen.received_at)
        except errors.InvalidSignature:
            seen.signature = Signature.INVALID
            raise
        seen.signature = Signature.VALID
        return self._called(provider, dialect, seen, path)

    def _called(self, provider: ProviderFacts, dialect: WalletV1, seen: Seen, path: dict[str, str]) -> Answer:
        caller = Caller(provider_id=provider.id, code=provider.code, is_sandbox=provider.is_sandbox)
        body: dict[str, Any] = {}
        if self.method == "POST":
            try:
                body = json_object(seen.body)
            except JsonError as error:
                raise errors.InvalidRequest(problem=str(error)) from error
            seen.fields = body
        seen.decided = perf_counter_ns()
        return self.answer(Asked(body=body, caller=caller, dialect=dialect, now=seen.received_at, path=path))


def request_id(request: HttpRequest) -> str:
    """The caller's X-Request-Id, or one of ours. Raises InvalidRequest when it is not 1 to 128 visible ASCII."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if not given:
        return token_urlsafe(12)
    if len(given) > 128 or not given.isascii() or not given.isprintable():
        raise errors.InvalidRequest(field="X-Request-Id", problem="must have at most 128 printable ASCII characters")
    return str(given)


def body_read(request: HttpRequest, seen: Seen) -> None:
    """Read the raw body. Raises BodyTooLarge beyond 64 KiB, without reading it to the end."""
    if request.META.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
        seen.body = request.META["wsgi.input"].read(MAX_BODY + 1)
    else:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            raise errors.InvalidRequest(field="Content-Length", problem="is not a number")
        if int(length) > MAX_BODY:
            seen.body_length = int(length)
            raise errors.BodyTooLarge
        seen.body = request.read(MAX_BODY + 1)
    if len(seen.body) > MAX_BODY:
        seen.body_length = len(seen.body)
        raise errors.BodyTooLarge


def response_of(answer: Answer, given_id: str) -> HttpResponse:
    """The HTTP answer: the recorded bytes untouched, and the headers that the contract names."""
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    response["Content-Length"] = str(len(answer.body))
    response["X-Request-Id"] = given_id
    response["Cache-Control"] = "no-store"
    if answer.replayed:
        response["Idempotent-Replay"] = "true"
    if answer.retry_after:
        response["Retry-After"] = str(answer.retry_after)
    return response
