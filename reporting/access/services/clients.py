"""Clients of the API: made by the approval of two people, revoked by one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from common.ids import public_id
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.access.errors import ClientRevokedAlready
from reporting.access.models import Client
from reporting.access.services.tokens import tokens_end
from reporting.access.types import ClientWish

SEEN_EVERY: Final = timedelta(minutes=1)


@transaction.atomic
def client_make(*, wish: ClientWish, approval_id: int, actor: str, reason: str, now: datetime) -> Client:
    """Make a client as it was approved, without a secret. The caller checked the wish."""
    made = Client.objects.create(
        client_id=public_id("api"), client_secret="", hash_client_secret=False, name=wish.name,
        client_type=Client.CLIENT_CONFIDENTIAL, authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
        scopes=list(wish.scopes), brands=list(wish.brands), jurisdictions=list(wish.jurisdictions),
        networks=list(wish.networks), calls_per_minute=wish.calls_per_minute, valid_until=wish.valid_until,
        made_at=now, made_by=actor, approval_id=approval_id,
    )  # fmt: skip
    audit_record(
        name=EventName.API_CLIENT_MADE, actor=actor, now=now, subject=f"access.client:{made.pk}", reason=reason,
        after={
            "client_id": made.client_id, "name": made.name, "scopes": " ".join(made.scopes),
            "brands": " ".join(map(str, made.brands)), "jurisdictions": " ".join(made.jurisdictions),
            "networks": " ".join(made.networks), "valid_until": made.valid_until,
        },
        approval=f"approval:{approval_id}",
    )  # fmt: skip
    return made


@transaction.atomic
def client_revoke(*, client_id: int, reason: str, actor: str, now: datetime) -> Client:
    """End a client for good: its next call is refused. Raises ClientRevokedAlready."""
    client = Client.objects.select_for_update(no_key=True).get(pk=client_id)
    if client.revoked_at is not None:
        raise ClientRevokedAlready
    client.revoked_at, client.revoked_by, client.revoke_reason = now, actor, reason
    client.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    tokens_end(client_id=client.pk)
    audit_record(
        name=EventName.API_CLIENT_REVOKED, actor=actor, now=now, subject=f"access.client:{client.pk}", reason=reason,
        before={"revoked_at": None}, after={"client_id": client.client_id, "revoked_at": now},
    )  # fmt: skip
    return client


def client_seen(*, client_id: int, now: datetime) -> None:
    """Note that a client called, once a minute at most."""
    long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - SEEN_EVERY)
    Client.objects.filter(long_ago, pk=client_id).update(last_used_at=now)
