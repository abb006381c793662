"""The verification providers that are built in: each introduces itself from its app's ready()."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from compliance.kyc.enums import Level
from compliance.kyc.types import Message, Verdict


class VerdictOf(Protocol):
    """Where a message leads; None: it changes nothing."""

    def __call__(self, message: Message, *, levels: Mapping[str, Level], verified: bool) -> Verdict | None: ...


class ForPlayer(Protocol):
    """A call to the provider about a player's public id. Raises ProviderNotSet, ProviderUnavailable."""

    def __call__(self, *, player: str, level_name: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What a provider's adapter can do. `message_read` raises ValueError for what it does not understand."""

    message_read: Callable[[bytes], Message]
    verdict_of: VerdictOf
    applicant_create: ForPlayer
    access_token: ForPlayer


_providers: Final[dict[str, Provider]] = {}


def provider_register(name: str, provider: Provider) -> None:
    """Make a provider known by its name."""
    _providers[name] = provider


def provider_get(name: str) -> Provider:
    """The provider. Raises KeyError."""
    return _providers[name]
