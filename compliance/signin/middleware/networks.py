"""Roles that count only from some networks (SEC-13)."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common.clock import utc_now
from common.http.address import client_address
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.staff.backends import REMEMBERED, standing_grants


class NetworksMiddleware:
    """A role with `allowed_networks` is not held by somebody who comes from elsewhere.

    Who has such roles only is told so; who has others works with those.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Narrows the grants that the request's person is remembered to hold."""
        user: Any = request.user
        if not user.is_authenticated or not request.path.startswith("/admin/"):
            return None
        person = user._wrapped if hasattr(user, "_wrapped") else user  # what RoleBackend is given
        held = standing_grants(person)
        address = client_address(request)
        counting = tuple(grant for grant in held if counts_from(grant.allowed_networks, address))
        person.__dict__[REMEMBERED] = counting
        if counting or not held or request.path == "/admin/logout/":
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
