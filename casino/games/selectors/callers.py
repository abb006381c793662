"""Who may call: a provider with its keys and its address rules, remembered for a second by each process."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from casino.games.enums import TRANSFERS
from casino.games.models import Provider
from common.field_secrets import secret_open
from common.fresh import Fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFacts:
    """A provider as the edge needs it; `keys` holds the active secrets by key id."""

    id: int
    code: str
    enabled: bool
    is_sandbox: bool
    networks: tuple[IPv4Network | IPv6Network, ...]
    rate_limit: int
    keys: dict[str, bytes]


def _load(code: str) -> ProviderFacts | None:
    provider = Provider.objects.filter(code=code).first()
    # A transfer provider is called and calls nobody: its key opens no wallet.
    if provider is None or provider.protocol in TRANSFERS:
        return None
    keys = provider.keys.filter(retired_at__isnull=True)
    return ProviderFacts(
        id=provider.pk,
        code=provider.code,
        enabled=provider.enabled,
        is_sandbox=provider.is_sandbox,
        networks=tuple(ip_network(text) for text in provider.allowed_networks),
        rate_limit=provider.rate_limit,
        keys={key.key_id: secret_open(key.secret_encrypted).encode() for key in keys},
    )


_callers: Fresh[str, ProviderFacts | None] = Fresh(_load)


def provider_facts(code: str) -> ProviderFacts | None:
    """The provider of that code, or None. Changes take effect within a second (ledger.md §5)."""
    return _callers.get(code)


def provider_facts_forget() -> None:
    """Drop what this process remembers; for tests."""
    _callers.forget()
