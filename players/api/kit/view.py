"""The base of every call of the player API: who calls, how often, and refusals in the API's own form."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Final, TypeVar

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase
from redis.exceptions import RedisError
from rest_framework import exceptions, serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.cards import card_found
from common.clock import utc_now
from common.errors import CardNumberRefused, Refusal
from common.http.address import client_address
from compliance.audit.context import facts, surrounded_by
from compliance.audit.services.card_refusals import card_refusal_record
from compliance.audit.types import Facts
from players.accounts.errors import NotSignedIn, SessionReauth
from players.accounts.models import PlayerSession
from players.accounts.selectors.sessions import session_by_token
from players.accounts.services.sessions import session_expire, session_seen
from players.api.kit import errors
from players.api.kit.body import StrictJson
from players.api.kit.envelope import refusal_response
from players.api.kit.idle import full_proof_lasts, proof_due
from players.api.kit.schema import PlayerSchema
from players.api.kit.throttle import ORDINARY, Rate, account_counted, address_counted
from players.models import Player

log = logging.getLogger(__name__)
Asked = TypeVar("Asked", bound=serializers.Serializer[Any])
SCHEME: Final = "Bearer "


class PlayerView(APIView):
    """One address of the API. Handlers use `self.now`, and return a Response or raise a Refusal.

    `signed_in` asks for a sign-in: `self.player` and `self.session` are whose it is, also as `request.player` and
    `request.session`. `while_idle` lets the call through though the player must prove themselves again.
    """

    schema = PlayerSchema()
    authentication_classes = ()
    permission_classes = ()
    parser_classes = (StrictJson,)
    renderer_classes = (JSONRenderer,)
    signed_in: ClassVar[bool] = True
    while_idle: ClassVar[bool] = False
    rate: ClassVar[Rate] = ORDINARY
    now: datetime
    player: Player
    session: PlayerSession
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
        if card_found(request._request.META.get("QUERY_STRING", "")) or card_found(request.path):
            raise CardNumberRefused(place="address")
        if request.content_type.partition(";")[0].strip() == StrictJson.media_type:
            request.data  # noqa: B018 - read here, so that a call which asks for no body takes in no card number either

    def _known(self, request: Request) -> None:
        session = self._session_of(request)
        account_counted(session.player_id, self.rate)
        self.player, self.session = session.player, session
        request.player, request.session = session.player, session  # type: ignore[attr-defined,assignment]  # ours
        self._facts = replace(self._facts, actor=f"player:{session.player_id}", session=session.public_id[-20:])

    def _session_of(self, request: Request) -> PlayerSession:
        given = request.headers.get("Authorization", "")
        session = session_by_token(given[len(SCHEME) :].strip()) if given.startswith(SCHEME) else None
        if session is None:
            raise NotSignedIn
        if session_expire(session=session, lasts=full_proof_lasts(session.player, self.now), now=self.now):
            raise NotSignedIn
        if proof_due(session, self.now):
            if not self.while_idle:
                raise SessionReauth
        else:
            session_seen(session=session, now=self.now)
        return session

    def handle_exception(self, exc: Exception) -> Response:
        """Whatever was raised, in the API's form."""
        if isinstance(exc, CardNumberRefused):
            self._card_refused(exc)
        answer = _answer(exc)
        if isinstance(exc, exceptions.MethodNotAllowed):
            answer["Allow"] = ", ".join(self.allowed_methods)
        return answer  # type: ignore[return-value]  # plain HttpResponse: nothing is left to render

    def _card_refused(self, refusal: CardNumberRefused) -> None:
        player: Player | None = getattr(self, "player", None)
        place = f"{self.request.method} {self.request.path} {refusal.details.get('place', refusal.code)}"
        card_refusal_record(
            place=place, actor=self._facts.actor, now=self.now, player_id=player.pk if player else None,
            brand_id=player.brand_id if player else None,
        )  # fmt: skip

    def asked(self, request: Request, form: type[Asked]) -> dict[str, Any]:
        """The body by a serializer. Raises InvalidRequest with every field's problem."""
        read = form(data=request.data)
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)

    def address_of(self, request: Request) -> str | None:
        """Where the call came from, as text."""
        address = client_address(request._request)
        return None if address is None else str(address)


def _answer(problem: Exception) -> HttpResponseBase:
    match problem:
        case Refusal():
            return refusal_response(problem)
        case exceptions.ValidationError():
            return refusal_response(errors.InvalidRequest(), {"fields": field_problems(problem.detail)})
        case exceptions.ParseError():
            return refusal_response(errors.InvalidRequest(body="is not the JSON that this call takes"))
        case exceptions.MethodNotAllowed():
            return refusal_response(errors.MethodNotAllowed())
        case exceptions.UnsupportedMediaType() | exceptions.NotAcceptable():
            return refusal_response(errors.NotAcceptable())
        case exceptions.NotFound() | Http404():
            return refusal_response(errors.NoSuchCall())
        case RedisError() | OperationalError():
            log.warning("player call put off: %s", problem)
            return refusal_response(errors.TemporarilyUnavailable())
    log.error("player call failed", exc_info=problem)
    return refusal_response(errors.InternalError())


def field_problems(detail: Any, path: str = "") -> dict[str, str]:
    """Each field with its first problem; fields of objects within by dots."""
    if isinstance(detail, Mapping):
        return {k: v for name, inner in detail.items() for k, v in field_problems(inner, _join(path, name)).items()}
    if isinstance(detail, list) and detail and not isinstance(detail[0], str):
        pairs = ((field_problems(inner, _join(path, str(place)))) for place, inner in enumerate(detail))
        return {name: words for found in pairs for name, words in found.items()}
    first = detail[0] if isinstance(detail, list) and detail else detail
    return {path or "body": str(first)}


def _join(path: str, name: str) -> str:
    if name == "non_field_errors":
        return path
    return f"{path}.{name}" if path else str(name)
