"""What is agreed with a provider about its statements."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casino.reconciliation.enums import StatementFormat
from casino.reconciliation.models import StatementSource
from common.field_secrets import secret_close
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@transaction.atomic
def source_set(
    *,
    provider_id: int,
    written: StatementFormat,
    address: str = "",
    folder: str = "",
    time_zone: str = "UTC",
    token: str | None = None,
    tolerance: Decimal = Decimal(1),
    enabled: bool = True,
    actor: str,
    now: datetime,
) -> StatementSource:
    """Agree on how a provider's statements come; `token` None leaves the secret as it is, "" takes it away."""
    row = StatementSource.objects.select_for_update().filter(provider_id=provider_id).first()
    row = row or StatementSource(provider_id=provider_id)
    row.format, row.address, row.folder, row.time_zone = written, address, folder, time_zone
    row.tolerance, row.enabled = tolerance, enabled
    if token is not None:
        row.token = secret_close(token) if token else None
    row.save()
    audit_record(
        name=EventName.STATEMENT_SOURCE_SET, actor=actor, now=now,
        subject=f"reconciliation.statementsource:{row.pk}",
        after={
            "provider": provider_id, "format": written, "address": address, "folder": folder, "time_zone": time_zone,
            "tolerance": tolerance, "enabled": enabled,
        },
    )  # fmt: skip
    return row
