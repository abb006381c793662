"""What of a provider two people take together: issuing and retiring keys, and who may call (SEC-20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_network
from typing import Final

from casino.games.errors import KeyRetiredAlready, KeySlotsTaken
from casino.games.models import Provider, ProviderKey
from casino.games.networks import networks_parse
from casino.games.services.provider_keys import HANDOVER, SLOTS, key_issue, key_retire
from casino.games.services.providers import provider_networks_set
from compliance.approvals.errors import NothingToChange
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.staff.models import StaffUser

ISSUE: Final = "provider_key_issue"
RETIRE: Final = "provider_key_retire"
NETWORKS: Final = "provider_networks"
NOBODY: Final = "nobody"
# Fewer fixed bits than these admit more than one provider's machines.
WIDE: Final = {4: 24, 6: 48}


def key_issue_payload(*, provider: Provider) -> Payload:
    """A new key for the provider. Raises KeySlotsTaken."""
    if len(_active(provider.pk)) >= len(SLOTS):
        raise KeySlotsTaken
    return {"code": provider.code, "provider": provider.pk}


def key_retire_payload(*, key: ProviderKey) -> Payload:
    """The end of a key. Raises KeyRetiredAlready."""
    if key.retired_at is not None:
        raise KeyRetiredAlready
    return {"code": key.provider.code, "key": key.pk, "key_id": key.key_id, "provider": key.provider_id}


def networks_payload(*, provider: Provider, text: str) -> Payload:
    """A new allow-list from what a person typed. Raises NetworkNotUnderstood and NothingToChange."""
    networks = networks_parse(text)
    if networks == provider.allowed_networks:
        raise NothingToChange
    return {"code": provider.code, "networks": list(networks), "provider": provider.pk}


def provider_kinds_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=ISSUE,
            title="New key of a provider",
            propose_permission="games.propose_key_change",
            approve_permission="games.approve_key_change",
            facts=_issue_facts,
            consequences=_issue_consequences,
            state=_keys_state,
            execute=_issue,
            scope=_scope,
            lock=_lock,
        )
    )
    approval_kind_register(
        ApprovalKind(
            code=RETIRE,
            title="End of a provider's key",
            propose_permission="games.propose_key_change",
            approve_permission="games.approve_key_change",
            facts=_retire_facts,
            consequences=_retire_consequences,
            state=_keys_state,
            execute=_retire,
            scope=_scope,
            lock=_lock,
        )
    )
    approval_kind_register(
        ApprovalKind(
            code=NETWORKS,
            title="Allow-list of a provider",
            propose_permission="games.propose_key_change",
            approve_permission="games.approve_key_change",
            facts=_networks_facts,
            consequences=_networks_consequences,
            state=_networks_state,
            execute=_networks,
            scope=_scope,
            lock=_lock,
        )
    )


def _provider_id(payload: Payload) -> int:
    key = payload["provider"]
    assert isinstance(key, int)
    return key


def _scope(payload: Payload) -> ApprovalScope:
    """Providers serve every brand: only people without limits decide."""
    return ApprovalScope(subject=f"games.provider:{_provider_id(payload)}")


def _lock(payload: Payload) -> None:
    Provider.objects.select_for_update(no_key=True).get(pk=_provider_id(payload))


def _active(provider_id: int) -> list[str]:
    """Ids of the keys whose calls are taken, the oldest first."""
    keys = ProviderKey.objects.filter(provider_id=provider_id, retired_at__isnull=True)
    return list(keys.order_by("created_at", "pk").values_list("key_id", flat=True))


def _listed(words: Iterable[str], none: str) -> str:
    return ", ".join(words) or none


def _keys_state(payload: Payload, _now: datetime) -> dict[str, str]:
    return {"Active keys": _listed(_active(_provider_id(payload)), "none")}


def _issue_facts(payload: Payload) -> list[Fact]:
    hours = int(HANDOVER.total_seconds() // 3600)
    return [
        ("Provider", str(payload["code"])),
        ("Secret", f"made when this is approved; its proposer sees it once, within {hours} hours; nobody else does"),
    ]


def _issue_consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    active = _active(_provider_id(payload))
    return [
        Consequence("Active keys", _listed(active, "none"), _listed([*active, "a new key"], "none")),
        Consequence("Free places for keys", str(len(SLOTS) - len(active)), str(len(SLOTS) - len(active) - 1)),
    ]


def _issue(payload: Payload, run: Execution) -> str:
    receiver = StaffUser.objects.get(pk=int(run.maker.partition(":")[2]))
    key = key_issue(
        provider_id=_provider_id(payload), receiver_id=receiver.pk, actor=run.maker, now=run.now, approval=run.reference
    )
    return f"games.providerkey:{key.pk}"


def _retire_facts(payload: Payload) -> list[Fact]:
    return [("Provider", str(payload["code"])), ("Key", str(payload["key_id"]))]


def _retire_consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    active = _active(_provider_id(payload))
    left = [key_id for key_id in active if key_id != payload["key_id"]]
    calls = "taken" if left else "all refused: no key is left"
    return [
        Consequence("Active keys", _listed(active, "none"), _listed(left, "none")),
        Consequence("Calls of the provider", "taken", calls, not left),
    ]


def _retire(payload: Payload, run: Execution) -> str:
    key = payload["key"]
    assert isinstance(key, int)
    key_retire(key_id=key, actor=run.maker, now=run.now, approval=run.reference)
    return f"games.providerkey:{key}"


def _asked(payload: Payload) -> list[str]:
    networks = payload["networks"]
    assert isinstance(networks, list)
    return [str(network) for network in networks]


def _networks_facts(payload: Payload) -> list[Fact]:
    return [("Provider", str(payload["code"])), ("Allow-list", _listed(_asked(payload), NOBODY))]


def _networks_state(payload: Payload, _now: datetime) -> dict[str, str]:
    return {"Allow-list": _listed(Provider.objects.get(pk=_provider_id(payload)).allowed_networks, NOBODY)}


def _networks_consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    before = Provider.objects.get(pk=_provider_id(payload)).allowed_networks
    after = _asked(payload)
    lines = [Consequence("May call", _listed(before, NOBODY), _listed(after, NOBODY), not after)]
    for network in after:
        if network not in before:
            known = ip_network(network)
            wide = known.prefixlen < WIDE[known.version]
            lines.append(Consequence(f"Admits {network}", "no", f"yes, {known.num_addresses:,} addresses", wide))
    lines += [Consequence(f"Admits {network}", "yes", "no") for network in before if network not in after]
    return lines


def _networks(payload: Payload, run: Execution) -> str:
    provider = provider_networks_set(
        provider_id=_provider_id(payload), networks=_asked(payload), actor=run.maker, now=run.now, reason=run.reason,
        approval=run.reference,
    )  # fmt: skip
    return f"games.provider:{provider.pk}"
