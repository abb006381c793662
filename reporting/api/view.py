"""The base of every call of the reporting API: which client calls, from where, how often, with which scopes."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from oauth2_provider.oauth2_backends import get_oauthlib_core
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.clock import utc_now
from common.errors import Refusal
from common.http.address import client_address
from common.scope import Scope
from compliance.audit.context import facts, surrounded_by
from compliance.audit.types import Facts
from players.api.kit import errors as kit
from players.api.kit.body import StrictJson
from players.api.kit.throttle import Rate, address_counted, name_counted
from players.api.kit.view import field_problems
from reporting.access.models import Client
from reporting.access.selectors.clients import address_fits, client_scope
from reporting.access.services.clients import client_seen
from reporting.api.envelope import refusal_response
from reporting.api.refusals import AddressNotAllowed, ScopeMissing, TokenNotValid
from reporting.api.schema import BackOfficeSchema

log = logging.getLogger(__name__)


class BackOfficeView(APIView):
    """One address of the API. Handlers use `self.now` and `self.client`, and return a Response or raise a Refusal.

    `signed_in` asks for a bearer token; `needs` are scopes that every call here asks for.
    """

    schema = BackOfficeSchema()
    authentication_classes = ()
    permission_classes = ()
    parser_classes = (StrictJson,)
    renderer_classes = (JSONRenderer,)
    signed_in: ClassVar[bool] = True
    needs: ClassVar[tuple[str, ...]] = ()
    rate: ClassVar[Rate] = Rate(name="backoffice")
    now: datetime
    client: Client
    scopes: frozenset[str]
    _facts: Facts

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The whole way of a call, surrounded by its facts for the audit trail."""
        self.now = utc_now()
        self._facts = replace(facts(), actor="anonymous", roles=(), session="")
        with surrounded_by(lambda: self._facts):
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response.setdefault("Cache-Control", "no-store")
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the call, and find out whose it is, before the handler."""
        super().initial(request, *args, **kwargs)
        address_counted(request._request, self.rate)
        if self.signed_in:
            self._known(request)

    @property
    def actor(self) -> str:
        """The client as the audit trail names it."""
        return f"api:{self.client.client_id}"

    @property
    def reach(self) -> Scope:
        """The brands and jurisdictions that answers may tell about."""
        return client_scope(self.client)

    def asked_scope(self, *scopes: str) -> None:
        """Raises ScopeMissing for the first scope that the token does not carry."""
        for scope in scopes:
            if scope not in self.scopes:
                raise ScopeMissing(scope=scope)

    def _known(self, request: Request) -> None:
        valid, told = get_oauthlib_core().verify_request(request._request, scopes=[])
        if not valid:
            raise TokenNotValid
        self.client, self.scopes = (
            told.client,
            frozenset(told.access_token.scope.split()) & frozenset(told.client.scopes),
        )
        self._facts = replace(self._facts, actor=self.actor, session=f"token:{told.access_token.pk}")
        if not address_fits(self.client, client_address(request._request)):
            raise AddressNotAllowed
        name_counted(f"client:{self.client.pk}", replace(self.rate, account=f"{self.client.calls_per_minute}/minute"))
        self.asked_scope(*self.needs)
        client_seen(client_id=self.client.pk, now=self.now)

    def handle_exception(self, exc: Exception) -> Response:
        """Whatever was raised, in the API's form."""
        answer = _answer(exc)
        if isinstance(exc, exceptions.MethodNotAllowed):
            answer["Allow"] = ", ".join(self.allowed_methods)
        return answer  # type: ignore[return-value]  # plain HttpResponse: nothing is left to render


def _answer(problem: Exception) -> HttpResponseBase:
    match problem:
        case Refusal():
            return refusal_response(problem)
        case exceptions.ValidationError():
            return refusal_response(kit.InvalidRequest(), {"fields": field_problems(problem.detail)})
        case exceptions.ParseError() | MultiPartParserError():
            return refusal_response(kit.InvalidRequest(body="is not what this call takes"))
        case exceptions.MethodNotAllowed():
            return refusal_response(kit.MethodNotAllowed())
        case exceptions.UnsupportedMediaType() | exceptions.NotAcceptable():
            return refusal_response(kit.NotAcceptable())
        case exceptions.NotFound() | Http404():
            return refusal_response(kit.NoSuchCall())
        case RedisError() | OperationalError():
            log.warning("call of the reporting API put off: %s", problem)
            return refusal_response(kit.TemporarilyUnavailable())
    log.error("call of the reporting API failed", exc_info=problem)
    return refusal_response(kit.InternalError())
