"""The contract's signature as a DRF authentication class."""

from __future__ import annotations

import hmac
import time
from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tests.bench.plain_orm.models import Provider

MAX_SKEW_SECONDS = 300


class SignatureAuthentication(BaseAuthentication):
    """`request.auth` is the provider whose key signed the raw body."""

    def authenticate(self, request: Request) -> tuple[Any, Provider]:
        headers = request.headers
        provider = Provider.objects.filter(code=headers.get("X-Provider", ""), enabled=True).first()
        if provider is None or headers.get("X-Key-Id") != provider.key_id:
            raise AuthenticationFailed("unknown_provider")
        timestamp = headers.get("X-Timestamp", "")
        if not timestamp.isdigit() or abs(int(timestamp) - time.time()) > MAX_SKEW_SECONDS:
            raise AuthenticationFailed("clock_skew")
        message = b".".join((timestamp.encode(), b"POST", request.get_full_path().encode(), request.body))
        expected = "v1=" + hmac.digest(provider.secret.encode(), message, "sha256").hex()
        if not hmac.compare_digest(headers.get("X-Signature", ""), expected):
            raise AuthenticationFailed("invalid_signature")
        return None, provider
