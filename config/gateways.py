"""Payment gateways from the environment: GATEWAY_<CODE>_URL, GATEWAY_<CODE>_TIMEOUT_MS, and the secrets by name.

GATEWAY_ADYEN_HMAC becomes secrets["hmac"]; while it is rotated, GATEWAY_ADYEN_HMAC_NEXT is tried beside it. A secret
that a gateway does not know is refused by name: a slip of the pen would otherwise be a gateway that rejects every
message.
"""

from __future__ import annotations

import os
from typing import Any, Final
from urllib.parse import urlsplit

from config.env import env_int, env_str, stop

LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
# The secrets of each gateway: the first are needed as soon as it has an address, the others may be left out.
SECRETS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "adyen": (
        ("api_key", "merchant_account", "hmac"),
        ("client_key", "live_prefix", "payout_api_key", "review_api_key", "webhook_user", "webhook_password"),
    ),
    "nuvei": (("merchant_id", "merchant_site_id", "secret_key"), ("algorithm", "environment")),
    "sandbox": (("api_key", "webhook_key"), ()),
    "sandbox2": (("api_key", "webhook_key"), ()),
    "trustly": (("username", "password", "private_key", "public_key"), ("algorithm",)),
}
PLAIN: Final = ("URL", "TIMEOUT_MS")
# What a gateway's messages are verified with has two values while it is rotated.
ROTATED: Final = frozenset({"hmac", "webhook_password", "secret_key", "public_key", "webhook_key"})
PEM: Final = "-----BEGIN "
PEM_VARIABLES: Final = ("GATEWAY_TRUSTLY_PRIVATE_KEY", "GATEWAY_TRUSTLY_PUBLIC_KEY")


def gateway_settings() -> dict[str, dict[str, Any]]:
    """Address, time-out and secrets of every gateway; the address is empty where none is connected."""
    ours = tuple(f"GATEWAY_{code.upper()}_" for code in (*SECRETS, "breaker"))
    for variable in sorted(os.environ):
        if variable.startswith("GATEWAY_") and not variable.startswith(ours):
            stop(f"{variable} names no gateway: there are {', '.join(sorted(SECRETS))}.")
    return {code: _one(code, needed, optional) for code, (needed, optional) in SECRETS.items()}


def _one(code: str, needed: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, Any]:
    prefix = f"GATEWAY_{code.upper()}_"
    known = {*needed, *optional, *(f"{name}_next" for name in (*needed, *optional) if name in ROTATED)}
    words = {*PLAIN, *map(str.upper, known)}
    for variable in sorted(os.environ):
        if variable.startswith(prefix) and variable.removeprefix(prefix) not in words:
            stop(f"{variable} is no setting of {code}: after {prefix} there may be {', '.join(sorted(words))}.")
    url = _url(f"{prefix}URL")
    secrets = {name: text for name in sorted(known) if (text := _secret(f"{prefix}{name.upper()}"))}
    if url and (missing := [name for name in needed if name not in secrets]):
        stop(f"{prefix}URL is set but {prefix}{missing[0].upper()} is not: {code} needs both.")
    return {
        "url": url,
        "timeout_ms": env_int(f"{prefix}TIMEOUT_MS", 10_000, least=100, most=30_000),
        "secrets": secrets,
    }


def _secret(variable: str) -> str:
    """A secret as it is set. A key in PEM may stand on one line, with \\n where its lines end."""
    text = env_str(variable, "")
    if text.startswith(PEM):
        return text.replace("\\n", "\n")
    if text and variable.startswith(PEM_VARIABLES):
        stop(f"{variable} is no key in PEM: it begins with {PEM}and its lines end with a line break or \\n.")
    return text


def _url(variable: str) -> str:
    """An address that secrets and money may travel to: with TLS, or on this machine."""
    url = env_str(variable, "").rstrip("/")
    if not url:
        return ""
    try:
        place = urlsplit(url)
        host, port = place.hostname, place.port
    except ValueError:
        host, port = None, None
    safe = bool(host) and (port is None or port > 0)
    if not safe or not (place.scheme == "https" or (place.scheme == "http" and host in LOOPBACK)):
        stop(f"{variable} cannot be used: write it like https://gateway.example.com (http on this machine alone).")
    return url
