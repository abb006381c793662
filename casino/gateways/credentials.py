"""How we sign in to gateways: from settings (config/gateways.py), never from the database."""

from __future__ import annotations

from django.conf import settings

from casino.gateways.errors import GatewayNotConfigured
from casino.gateways.types import Credentials


def credentials_of(code: str) -> Credentials:
    """Address and secrets of a gateway. Raises GatewayNotConfigured where the environment names no address."""
    kept = settings.GATEWAYS.get(code)
    if kept is None or not kept["url"]:
        raise GatewayNotConfigured(gateway=code)
    return Credentials(gateway=code, url=kept["url"], secrets=dict(kept["secrets"]), timeout_ms=kept["timeout_ms"])


def gateway_configured(code: str) -> bool:
    """Whether the environment names an address of the gateway."""
    return bool(settings.GATEWAYS.get(code, {}).get("url"))
