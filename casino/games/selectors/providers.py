"""Providers by number, for books that store only the number."""

from __future__ import annotations

from casino.games.models import Provider
from common.fresh import Fresh


def _load(_all: None) -> dict[int, str]:
    return dict(Provider.objects.values_list("pk", "name"))


_names: Fresh[None, dict[int, str]] = Fresh(_load)


def provider_names() -> dict[int, str]:
    """Names of all providers by number; there are few, and a second-old copy serves."""
    return _names.get(None)


def provider_names_forget() -> None:
    """Drop what this process remembers; for tests."""
    _names.forget()
