"""Keys of providers: issuing one for rotation, retiring one. The secret is told once and kept only encrypted."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import transaction

from casino.games.errors import KeyRetiredAlready, KeySlotsTaken
from casino.games.models import Provider, ProviderKey
from common.field_secrets import secret_close
from common.ids import public_id
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

SLOTS = (1, 2)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key with its secret, for the one page that shows it."""

    key: ProviderKey
    secret: str = field(repr=False)


@transaction.atomic
def key_issue(*, provider_id: int, actor: str, now: datetime) -> IssuedKey:
    """Make a key of 32 random bytes for the provider, in the free one of its two places.

    The secret is their base64url form, 43 characters; signatures use it as UTF-8 text (wallet-api-v1 §2).
    Raises KeySlotsTaken while two keys are active.
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
    audit_record(
        name=EventName.KEY_ISSUED, actor=actor, now=now, subject=f"games.providerkey:{key.pk}",
        after={"provider": provider.code, "key_id": key.key_id, "slot": key.slot},
    )  # fmt: skip
    log.info("games:key:issued", provider=provider.code, key_id=key.key_id, actor=actor)
    return IssuedKey(key, secret)


@transaction.atomic
def key_retire(*, key_id: int, actor: str, now: datetime) -> ProviderKey:
    """End a key for good: calls signed with it are refused within a second. Raises KeyRetiredAlready."""
    key = ProviderKey.objects.select_for_update(of=("self",)).select_related("provider").get(pk=key_id)
    if key.retired_at is not None:
        raise KeyRetiredAlready
    key.retired_at = now
    key.save(update_fields=["retired_at"])
    audit_record(
        name=EventName.KEY_RETIRED, actor=actor, now=now, subject=f"games.providerkey:{key.pk}",
        before={"retired_at": None}, after={"provider": key.provider.code, "key_id": key.key_id, "retired_at": now},
    )  # fmt: skip
    log.info("games:key:retired", provider=key.provider.code, key_id=key.key_id, actor=actor)
    return key
