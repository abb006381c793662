"""Keys of providers: issued and retired by approval. The secret is told once, to its receiver, and kept encrypted."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from casino.games.errors import (
    KeyRetiredAlready,
    KeySlotsTaken,
    SecretNotYours,
    SecretShownAlready,
    SecretTooLate,
)
from casino.games.models import KeyHandover, Provider, ProviderKey
from common.field_secrets import secret_close, secret_open
from common.ids import public_id
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

SLOTS = (1, 2)
# Whoever asked for a key collects its secret within a day, or proposes another.
HANDOVER = timedelta(hours=24)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key with its secret, for the one page that shows it."""

    key: ProviderKey
    secret: str = field(repr=False)


@transaction.atomic
def key_issue(*, provider_id: int, receiver_id: int, actor: str, now: datetime, approval: str) -> ProviderKey:
    """Make a key of 32 random bytes for the provider, in the free one of its two places (SEC-20, by approval).

    The secret is their base64url form, 43 characters; signatures use it as UTF-8 text (wallet-api-v1 §2). Nobody sees
    it here: `receiver_id`, a staff member, collects it once, within HANDOVER. Raises KeySlotsTaken while two keys are
    active.
    """
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    taken = set(ProviderKey.objects.filter(provider=provider, retired_at__isnull=True).values_list("slot", flat=True))
    free = [slot for slot in SLOTS if slot not in taken]
    if not free:
        raise KeySlotsTaken
    secret = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    key = ProviderKey.objects.create(
        provider=provider,
        key_id=public_id("key"),
        secret_encrypted=secret_close(secret),
        slot=free[0],
        created_at=now,
    )
    KeyHandover.objects.create(key=key, receiver_id=receiver_id, until=now + HANDOVER, approval=approval)
    audit_record(
        name=EventName.KEY_ISSUED, actor=actor, now=now, subject=f"games.providerkey:{key.pk}",
        after={"provider": provider.code, "key_id": key.key_id, "slot": key.slot, "receiver": f"staff:{receiver_id}"},
        approval=approval,
    )  # fmt: skip
    log.info("games:key:issued", provider=provider.code, key_id=key.key_id, actor=actor)
    return key


@transaction.atomic
def key_collect(*, key_id: int, actor: str, now: datetime) -> IssuedKey:
    """Show a new key's secret to the one it was made for, once. Raises SecretNotYours, SecretShownAlready,
    SecretTooLate and KeyRetiredAlready.
    """
    handover = KeyHandover.objects.select_for_update(no_key=True).filter(key_id=key_id).first()
    if handover is None or actor != f"staff:{handover.receiver_id}":
        raise SecretNotYours
    key = ProviderKey.objects.select_related("provider").get(pk=key_id)
    if key.retired_at is not None:
        raise KeyRetiredAlready
    if handover.shown_at is not None:
        raise SecretShownAlready
    if now >= handover.until:
        raise SecretTooLate
    handover.shown_at = now
    handover.save(update_fields=["shown_at"])
    audit_record(
        name=EventName.KEY_SECRET_SHOWN, actor=actor, now=now, subject=f"games.providerkey:{key.pk}",
        after={"provider": key.provider.code, "key_id": key.key_id}, approval=handover.approval,
    )  # fmt: skip
    return IssuedKey(key, secret_open(key.secret_encrypted))


@transaction.atomic
def key_retire(*, key_id: int, actor: str, now: datetime, approval: str) -> ProviderKey:
    """End a key for good, by approval: calls signed with it are refused within a second. Raises KeyRetiredAlready."""
    key = ProviderKey.objects.select_for_update(of=("self",)).select_related("provider").get(pk=key_id)
    if key.retired_at is not None:
        raise KeyRetiredAlready
    key.retired_at = now
    key.save(update_fields=["retired_at"])
    audit_record(
        name=EventName.KEY_RETIRED, actor=actor, now=now, subject=f"games.providerkey:{key.pk}",
        before={"retired_at": None}, after={"provider": key.provider.code, "key_id": key.key_id, "retired_at": now},
        approval=approval,
    )  # fmt: skip
    log.info("games:key:retired", provider=key.provider.code, key_id=key.key_id, actor=actor)
    return key
