"""What is known about a client that calls."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

from django.contrib.auth.hashers import check_password

from common.scope import Scope, ScopePart
from reporting.access.models import Client, ClientSecret


def client_scope(client: Client) -> Scope:
    """The brands and jurisdictions that its answers may tell about."""
    return Scope((ScopePart(frozenset(client.brands) or None, frozenset(client.jurisdictions) or None),))


def secret_fits(client: Client, given: str) -> bool:
    """Whether one of its active secrets is the given one."""
    rows = ClientSecret.objects.filter(client=client, retired_at__isnull=True).values_list("hashed", flat=True)
    return any(check_password(given, hashed) for hashed in rows)


def address_fits(client: Client, address: IPv4Address | IPv6Address | None) -> bool:
    """Whether it may call from there."""
    return address is not None and any(address in ip_network(text) for text in client.networks)
