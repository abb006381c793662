"""The dialects of transfer providers. Adapters introduce themselves; services look no higher than here."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from casino.games.models import Provider, ProviderKey
from casino.transfers.errors import TransferNotConnected
from casino.transfers.types import Site, TransferAdapter
from common.field_secrets import secret_open

_dialects: Final[dict[str, TransferAdapter]] = {}


def dialect_register(protocol: str, adapter: TransferAdapter) -> None:
    """Called once from the app's ready(), by the value of `ProviderProtocol`."""
    _dialects[protocol] = adapter


def site_of(provider: Provider) -> tuple[TransferAdapter, Site]:
    """How and where a provider is called, signed with its newest active key. Raises TransferNotConnected.

    The address is a setting (TRANSFER_<CODE>_URL): who may change rows does not decide where money goes. Without TLS
    it is taken on this machine alone.
    """
    adapter = _dialects.get(provider.protocol)
    url = settings.TRANSFER_URLS.get(provider.code.replace("-", "_").lower(), "")
    key = ProviderKey.objects.filter(provider=provider, retired_at=None).order_by("-created_at", "-pk").first()
    if adapter is None or key is None or not _safe(url):
        raise TransferNotConnected(provider=provider.code)
    secret = secret_open(key.secret_encrypted).encode()
    return adapter, Site(
        provider=provider.code,
        url=url.rstrip("/"),
        key_id=key.key_id,
        secret=secret,
        timeout_ms=settings.TRANSFER_TIMEOUT_MS,
    )


def _safe(url: str) -> bool:
    place = urlsplit(url)
    if place.scheme == "https":
        return bool(place.hostname)
    return place.scheme == "http" and _this_machine(place.hostname or "")


def _this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
