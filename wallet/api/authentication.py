"""Who calls: checked over the raw bytes, in the contract's order, each failure with its own code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest

from casino.games.selectors.callers import ProviderFacts, provider_facts
from common.http.address import client_address
from wallet.api import errors
from wallet.api.rate_limit import rate_limiter
from wallet.api.signature import MAX_SKEW_SECONDS, signature_holds, signature_v1

_UNRESERVED = re.compile(rb"[A-Za-z0-9._~/-]*")
_ESCAPE = re.compile("%[0-9A-F]{2}")
# What encoders leave unescaped in a path segment: strict, Python, JavaScript's encodeURIComponent, RFC 3986.
_SAFE_SETS = ("", "/", "!'()*", "!$&'()*+,;=:@", "/!$&'()*+,;=:@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The four headers, as sent."""

    provider: str
    key_id: str
    timestamp: str
    signature: str


def credentials_read(request: HttpRequest) -> Credentials:
    """The headers of a signed call; empty texts where one is missing."""
    meta = request.META
    return Credentials(
        provider=meta.get("HTTP_X_PROVIDER", ""),
        key_id=meta.get("HTTP_X_KEY_ID", ""),
        timestamp=meta.get("HTTP_X_TIMESTAMP", ""),
        signature=meta.get("HTTP_X_SIGNATURE", ""),
    )


def paths_as_sent(request: HttpRequest) -> list[str]:
    """Path and query as the caller can have written them.

    WSGI servers hand over the path with its escapes decoded. Where it holds characters that need escaping
    (transaction ids in GET), each customary way of writing it is a candidate; all of them name the same path.
    """
    query = request.META.get("QUERY_STRING", "")
    tail = f"?{query}" if query else ""
    raw = request.path_info.encode()  # Django has decoded it from UTF-8
    lane, _, last = raw.partition(b"/transactions/")
    if _UNRESERVED.fullmatch(raw) and b"/" not in last:
        return [raw.decode() + tail]
    written = {lane.decode("latin-1") + "/transactions/" + quote(last, safe=safe) for safe in _SAFE_SETS}
    lower = {_ESCAPE.sub(lambda match: match.group().lower(), path) for path in written}
    return [path + tail for path in [raw.decode("latin-1"), *sorted(written | lower)]]


def authenticate(request: HttpRequest, credentials: Credentials, body: bytes, now: datetime) -> ProviderFacts:
    """The provider behind the call. Raises the EdgeRefusal of the first check that fails (wallet-api-v1 §2)."""
    if not (credentials.provider and credentials.key_id and credentials.timestamp and credentials.signature):
        raise errors.MissingCredentials
    if "\x00" in credentials.provider or len(credentials.provider) > 100:
        raise errors.UnknownProvider
    provider = provider_facts(credentials.provider)
    if provider is None:
        raise errors.UnknownProvider
    if not provider.enabled or (provider.is_sandbox and not settings.SANDBOX):
        raise errors.ProviderDisabled
    if not address_allowed(provider, client_address(request)):
        raise errors.IpNotAllowed
    secret = provider.keys.get(credentials.key_id)
    if secret is None:
        raise errors.UnknownKey
    clock_check(credentials.timestamp, now)
    held = [
        signature_holds(
            credentials.signature,
            signature_v1(
                secret=secret,
                timestamp=credentials.timestamp,
                method=request.method or "",
                path=path,
                body=body,
            ),
        )
        for path in paths_as_sent(request)
    ]
    if not any(held):
        raise errors.InvalidSignature
    if not rate_limiter().admits(provider.code, provider.rate_limit):
        raise errors.RateLimited
    return provider


def address_allowed(provider: ProviderFacts, address: IPv4Address | IPv6Address | None) -> bool:
    """On the allow-list; an empty list admits nobody outside the sandbox."""
    if not provider.networks:
        return bool(settings.SANDBOX)
    return address is not None and any(address in network for network in provider.networks)


def clock_check(timestamp: str, now: datetime) -> None:
    """Whole seconds of Unix time, at most 300 s away. Raises ClockSkew."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise errors.ClockSkew(server_time=str(int(now.timestamp())))
    if abs(int(timestamp) - int(now.timestamp())) > MAX_SKEW_SECONDS:
        raise errors.ClockSkew(server_time=str(int(now.timestamp())))
