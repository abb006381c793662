"""What we agreed with a provider: added once, edited by staff."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

import structlog
from django.db import transaction

from casino.games.enums import ProviderProtocol
from casino.games.errors import StakeLimitsCrossed
from casino.games.models import Provider
from casino.games.networks import networks_parse
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderTerms:
    """Everything staff may change alone; the allow-list goes by approval (casino/games/approval_kinds.py).

    Stakes are in the base currency, None: no limit; `rate_limit` is calls a second.
    """

    name: str
    protocol: ProviderProtocol
    enabled: bool
    is_sandbox: bool
    rate_limit: int
    min_stake: Decimal | None
    max_stake: Decimal | None


@transaction.atomic
def provider_add(*, code: str, terms: ProviderTerms, actor: str, now: datetime) -> Provider:
    """A new provider. It has no key yet and, with an empty allow-list, admits nobody. Raises StakeLimitsCrossed."""
    provider = Provider.objects.create(code=code, **_checked(terms))
    audit_record(
        name=EventName.PROVIDER_ADDED,
        actor=actor,
        now=now,
        subject=f"games.provider:{provider.pk}",
        after=_told(provider, terms),
    )
    log.info("games:provider:added", provider=code, actor=actor)
    return provider


@transaction.atomic
def provider_edit(*, provider_id: int, terms: ProviderTerms, actor: str, now: datetime) -> Provider:
    """Put new terms in force, within a second. Its code never changes: accounts and answers carry it.

    Raises StakeLimitsCrossed.
    """
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    changed = {name: value for name, value in _checked(terms).items() if getattr(provider, name) != value}
    before = {name: getattr(provider, name) for name in changed}
    for name, value in changed.items():
        setattr(provider, name, value)
    if changed:
        provider.save(update_fields=list(changed))
        audit_record(
            name=EventName.PROVIDER_EDITED, actor=actor, now=now, subject=f"games.provider:{provider.pk}",
            before=before, after=changed,
        )  # fmt: skip
        log.info("games:provider:edited", provider=provider.code, changed=sorted(changed), actor=actor)
    return provider


@transaction.atomic
def provider_networks_set(
    *, provider_id: int, networks: list[str], actor: str, now: datetime, reason: str, approval: str
) -> Provider:
    """Put a new allow-list in force, within a second; empty admits nobody. Raises NetworkNotUnderstood.

    Called by the approval of the change (SEC-20): nobody opens the wallet to an address alone.
    """
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    before = provider.allowed_networks
    provider.allowed_networks = networks_parse("\n".join(networks))
    provider.save(update_fields=["allowed_networks"])
    audit_record(
        name=EventName.PROVIDER_NETWORKS_SET, actor=actor, now=now, subject=f"games.provider:{provider.pk}",
        reason=reason, before={"allowed_networks": before}, after={"allowed_networks": provider.allowed_networks},
        approval=approval,
    )  # fmt: skip
    return provider


def _checked(terms: ProviderTerms) -> dict[str, object]:
    if terms.min_stake is not None and terms.max_stake is not None and terms.min_stake > terms.max_stake:
        raise StakeLimitsCrossed
    return asdict(terms)


def _told(provider: Provider, terms: ProviderTerms) -> dict[str, object]:
    return {"code": provider.code} | {name: getattr(provider, name) for name in asdict(terms)}
