"""Where a request really came from, behind proxies that we trust and past headers that we do not."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


@lru_cache(maxsize=8)
def _networks(texts: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _trusted(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


def client_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The nearest address that is not one of our own proxies.

    X-Forwarded-For is read from the right, and only as far as each hop is in TRUSTED_PROXIES: what a caller
    writes into it himself stands to the left of that and is never reached.
    """
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    hops = [hop for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while address is not None and hops and _trusted(address):
        address = _parsed(hops.pop())
    return address


def is_https(request: HttpRequest) -> bool:
    """Whether the caller used HTTPS; X-Forwarded-Proto counts only from a trusted proxy."""
    if request.META.get("wsgi.url_scheme") == "https":
        return True
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_PROTO", "")
    return peer is not None and _trusted(peer) and forwarded.split(",")[-1].strip() == "https"
