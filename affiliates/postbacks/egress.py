"""Where postbacks may go, and sending one: the name is resolved once, and that very address is connected to.

A name that resolves to a private address, at the check or between check and call (DNS rebinding), is refused; so are
redirects, plain http, and ports that are not the web's.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import ClassVar, Final
from urllib.parse import urlsplit

import httpx2

CONNECT_SECONDS: Final = 3.0
READ_SECONDS: Final = 5.0
EXCERPT: Final = 500
READ_AT_MOST: Final = 64 * 1024
PORTS: Final = frozenset({443, 8443})
Address = IPv4Address | IPv6Address
# Addresses of our own and of our neighbours', and those that lead to them in another dress (NAT64, 6to4, Teredo).
_TRANSLATED: Final = ("64:ff9b::", "2002:", "2001:0:")


class TargetRefused(ValueError):  # noqa: N818 - a refusal is a word of the domain
    """An address that postbacks do not go to. `code` is stable, the text a sentence."""

    code: ClassVar[str] = "target_refused"

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code  # type: ignore[misc]


def resolved(host: str, port: int) -> list[Address]:
    """All addresses of a name, by the system's resolver. Raises OSError when there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return sorted(
        {ip_address(str(one[4][0]).partition("%")[0]) for one in found}, key=lambda one: (one.version, int(one))
    )


@dataclass(frozen=True, slots=True)
class Targets:
    """What is allowed. `exceptions` are "host:port" of receivers that a setting names, such as the demo's own."""

    exceptions: frozenset[str] = frozenset()
    resolve: Callable[[str, int], list[Address]] = field(default=resolved)

    def check(self, address: str, *, host: str) -> Address:
        """The address to connect to. Raises TargetRefused with what to change."""
        try:
            parts = urlsplit(address)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise TargetRefused("address_unreadable", "This is no address: begin it with https://.") from None
        if parts.scheme not in {"http", "https"} or not host:
            raise TargetRefused("address_unreadable", "Begin the address with https:// and a host without macros.")
        excepted = f"{host}:{port}" in self.exceptions
        if parts.scheme != "https" and not excepted:
            raise TargetRefused("plain_http", "Use https: over http anybody on the way reads and changes it.")
        if parts.username or parts.password:
            raise TargetRefused("credentials", "Leave user and password out of the address: use the signature.")
        if port not in PORTS and not excepted:
            raise TargetRefused("port", f"Port {port} is not allowed: use 443 or 8443.")
        try:
            found = self.resolve(host, port)
        except OSError:
            found = []
        if not found:
            raise TargetRefused("host_unknown", f"The name {host} is not known on the internet.")
        if not excepted and (inside := [one for one in found if not public(one)]):
            raise TargetRefused("private_address", f"{host} leads to {inside[0]}, which is not on the internet.")
        return found[0]


def public(address: Address) -> bool:
    """Whether an address is somebody else's on the internet."""
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address.compressed.startswith(_TRANSLATED)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a call: the status, or None with the problem in a word; milliseconds; the answer's beginning."""

    status: int | None
    problem: str = ""
    milliseconds: int = 0
    excerpt: str = ""
    retry_after: int | None = None


def send(
    targets: Targets, *, method: str, address: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> Sent:
    """One call, without redirects, to the address that was checked. Never raises for what the other side does."""
    began = time.monotonic()
    host = urlsplit(address).hostname or ""
    try:
        where = targets.check(address, host=host)
    except TargetRefused as refused:
        return Sent(status=None, problem=refused.code)
    try:
        return _called(where, method=method, address=address, headers=headers or {}, body=body, began=began)
    except httpx2.TimeoutException:
        problem = "timeout"
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        problem = type(error).__name__
    return Sent(status=None, problem=problem, milliseconds=_since(began))


def _called(where: Address, *, method: str, address: str, headers: dict[str, str], body: bytes, began: float) -> Sent:
    url = httpx2.URL(address)
    pinned = url.copy_with(host=str(where))
    named = {"Host": url.netloc.decode("ascii"), "User-Agent": "casino-postback/1", **headers}
    limits = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    with httpx2.Client(trust_env=False, timeout=limits, follow_redirects=False) as client:
        request = client.build_request(
            method, pinned, headers=named, content=body or None, extensions={"sni_hostname": url.host}
        )
        response = client.send(request, stream=True)
        try:
            text = _beginning(response, began)
        finally:
            response.close()
    wait = response.headers.get("retry-after", "")
    return Sent(
        status=response.status_code, milliseconds=_since(began), excerpt=text,
        retry_after=int(wait) if wait.isdecimal() and len(wait) < 7 else None,
    )  # fmt: skip


def _beginning(response: httpx2.Response, began: float) -> str:
    """The answer's first characters. A body that trickles in does not hold the sender: what is there must do."""
    taken = bytearray()
    for part in response.iter_bytes():
        taken += part
        if len(taken) >= EXCERPT * 4 or time.monotonic() - began > READ_SECONDS:
            break
    return bytes(taken[: EXCERPT * 4]).decode("utf-8", "replace")[:EXCERPT].replace("\0", "")


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
