"""Secrets of clients: made and shown once, kept as hashes, retired one by one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.access.errors import ClientEnded, SecretRetiredAlready, SecretSlotsTaken
from reporting.access.models import Client, ClientSecret
from reporting.access.services.tokens import tokens_end

SLOTS: Final = (1, 2)


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """A new secret, for the one page that shows it."""

    row: ClientSecret
    secret: str = field(repr=False)


@transaction.atomic
def secret_make(*, client_id: int, actor: str, now: datetime) -> MadeSecret:
    """Make a secret of 32 random bytes in the free one of the client's two places; nothing but its hash is kept.

    Raises ClientEnded, SecretSlotsTaken.
    """
    client = Client.objects.select_for_update(no_key=True).get(pk=client_id)
    if client.revoked_at is not None or now >= client.valid_until:
        raise ClientEnded
    taken = set(ClientSecret.objects.filter(client=client, retired_at__isnull=True).values_list("slot", flat=True))
    free = [slot for slot in SLOTS if slot not in taken]
    if not free:
        raise SecretSlotsTaken
    secret = secrets.token_urlsafe(32)
    row = ClientSecret.objects.create(
        client=client, slot=free[0], hashed=make_password(secret), made_at=now, made_by=actor
    )
    audit_record(
        name=EventName.API_SECRET_MADE, actor=actor, now=now, subject=f"access.client:{client.pk}",
        after={"client_id": client.client_id, "secret": row.pk, "slot": row.slot},
    )  # fmt: skip
    return MadeSecret(row, secret)


@transaction.atomic
def secret_retire(*, client_id: int, slot: int, actor: str, now: datetime) -> ClientSecret:
    """End one of a client's secrets for good, and all its tokens, since nobody knows which secret they came by.

    Raises SecretRetiredAlready.
    """
    rows = ClientSecret.objects.select_for_update(no_key=True).filter(client_id=client_id, slot=slot)
    row = rows.filter(retired_at__isnull=True).first()
    if row is None:
        raise SecretRetiredAlready
    row.retired_at, row.retired_by = now, actor
    row.save(update_fields=["retired_at", "retired_by"])
    tokens_end(client_id=client_id)
    audit_record(
        name=EventName.API_SECRET_RETIRED, actor=actor, now=now, subject=f"access.client:{client_id}",
        before={"retired_at": None}, after={"secret": row.pk, "slot": slot, "retired_at": now},
    )  # fmt: skip
    return row
