"""Roles that count only from some networks (SEC-13)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common.clock import utc_now
from common.http.address import client_address
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.signin.middleware.gate import Gate
from compliance.staff.backends import REMEMBERED, standing_grants


class NetworksMiddleware(Gate):
    """A role with `allowed_networks` is not held by somebody who comes from elsewhere.

    Who has such roles only is told so; who has others works with those.
    """

    def stops(self, request: HttpRequest, user: Any) -> HttpResponse | None:
        """Narrows the grants that the request's person is remembered to hold."""
        person = user._wrapped if hasattr(user, "_wrapped") else user  # what RoleBackend is given
        held = standing_grants(person)
        address = client_address(request)
        counting = tuple(grant for grant in held if counts_from(grant.allowed_networks, address))
        person.__dict__[REMEMBERED] = counting
        # Narrowed on account pages too: a step that waited for a proof there is carried out under their address.
        if counting or not held or not request.path.startswith("/admin/") or request.path == "/admin/logout/":
            return None
        audit_record(
            name=EventName.NETWORK_REFUSED,
            actor=f"staff:{person.pk}",
            now=utc_now(),
            subject=f"staff.staffuser:{person.pk}",
            outcome=Outcome.REFUSED,
        )
        return TemplateResponse(request, "account/elsewhere.html", {"title": "Not from here"}, status=403)


def counts_from(networks: tuple[str, ...], address: IPv4Address | IPv6Address | None) -> bool:
    """Whether a role with these networks counts for a caller from `address`; no networks: from anywhere."""
    return not networks or (address is not None and any(address in ip_network(text) for text in networks))
