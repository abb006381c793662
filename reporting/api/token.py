"""The token endpoint of OAuth 2.0 (RFC 6749 §4.4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from oauth2_provider.oauth2_backends import get_oauthlib_core
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.request import Request

from common.http.address import client_address
from players.api.kit.throttle import Rate
from reporting.api.oauth import ADDRESS
from reporting.api.refusals import FormAsked
from reporting.api.view import BackOfficeView


class Wish(serializers.Serializer[Any]):
    """The form that is sent; the client's id and secret go in it or, better, by HTTP Basic."""

    grant_type = serializers.ChoiceField(choices=["client_credentials"])
    scope = serializers.CharField(required=False, help_text="With spaces between; left out: all that the client has.")
    client_id = serializers.CharField(required=False)
    client_secret = serializers.CharField(required=False)


class Made(serializers.Serializer[Any]):
    """A token."""

    access_token = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    token_type = serializers.ChoiceField(choices=["Bearer"])
    scope = serializers.CharField()


class NotMade(serializers.Serializer[Any]):
    """A refusal as OAuth has it."""

    error = serializers.CharField(help_text="invalid_client, invalid_scope, unsupported_grant_type, invalid_request …")
    error_description = serializers.CharField(required=False)


class Token(BackOfficeView):
    """Gives tokens."""

    signed_in = False
    parser_classes = (FormParser,)  # type: ignore[assignment]  # RFC 6749 asks for a form
    rate = Rate(name="api-tokens", address="120/minute", guarded=True)

    @extend_schema(
        operation_id="token",
        summary="A token for a client",
        tags=["Access"],
        request={"application/x-www-form-urlencoded": Wish},
        responses={
            200: Made,
            400: OpenApiResponse(NotMade, description="Refused as RFC 6749 §5.2 has it."),
            401: OpenApiResponse(NotMade, description="`invalid_client`: id, secret, revoked or expired."),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """By client credentials, for some minutes. Asked for scopes that the client does not have, it is refused."""
        if request.content_type.partition(";")[0].strip().lower() != FormParser.media_type:
            raise FormAsked
        asked = request._request
        asked.META[ADDRESS] = client_address(asked)
        _url, headers, body, status = get_oauthlib_core().create_token_response(asked)
        response = HttpResponse(body, status=status)
        for name, value in headers.items():
            response[name] = value
        return response
