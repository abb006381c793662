"""Which headers of a gateway's message are kept: what its signature is over, and nothing that signs somebody in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SECRET: Final = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"})
REDACTED: Final = "(redacted)"
LONGEST: Final = 1_000
MOST: Final = 50


def headers_kept(headers: Mapping[str, str]) -> dict[str, str]:
    """Names in lower case, at most 50 headers of a thousand characters each, secrets told as there."""
    kept = sorted((name.lower(), text) for name, text in headers.items())[:MOST]
    return {name[:100]: REDACTED if name in SECRET else text[:LONGEST].replace("\0", "") for name, text in kept}
