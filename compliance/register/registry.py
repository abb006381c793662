"""The dialects in which registers are asked. Adapters introduce themselves; services look no higher than here."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from compliance.register.types import Ask, Site

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_dialects: Final[dict[str, Ask]] = {}


def dialect_register(name: str, ask: Ask) -> None:
    """Called once from the app's ready()."""
    _dialects[name] = ask


def register_site(register: str) -> tuple[Ask, Site] | None:
    """How and where to ask a register; None while it is not connected.

    An address without TLS is taken on this machine alone: personal data travels in the question.
    """
    dialect, url, key = settings.REGISTERS.get(register, ("", "", ""))
    place = urlsplit(url)
    safe = place.scheme == "https" or (place.scheme == "http" and place.hostname in _LOOPBACK)
    if dialect not in _dialects or not safe or not place.hostname:
        return None
    return _dialects[dialect], Site(url=url, key=key, timeout_ms=settings.REGISTER_TIMEOUT_MS)
