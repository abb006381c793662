"""Statements come in: their bytes are kept as they came, once."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction

from casino.reconciliation.enums import Origin, StatementFormat
from casino.reconciliation.errors import StatementKnown, StatementTooLong, StatementUnreadable
from casino.reconciliation.models import Statement, StatementPart, StatementSource
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

SYSTEM: Final = "system:reconciliation"
STATEMENT_MOST: Final = 512 * 1024 * 1024
PART: Final = 1024 * 1024
IN_MEMORY: Final = 4 * PART


def statement_receive(
    *,
    provider_id: int,
    written: StatementFormat,
    origin: Origin,
    name: str,
    chunks: Iterable[bytes],
    day: date | None,
    actor: str,
    now: datetime,
) -> Statement:
    """Keep a statement to be read by `statement_read`; memory stays flat. `day` is the day that it is for, if known.

    Raises StatementKnown for bytes that are here already, StatementTooLong, and StatementUnreadable for none at all.
    """
    digest, size = hashlib.sha256(), 0
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
        for chunk in chunks:
            size += len(chunk)
            if size > STATEMENT_MOST:
                raise StatementTooLong
            digest.update(chunk)
            kept.write(chunk)
        if not size:
            raise StatementUnreadable(why="it is empty")
        kept.seek(0)
        source = StatementSource.objects.filter(provider_id=provider_id).first()
        with transaction.atomic():
            try:
                with transaction.atomic():
                    row = Statement.objects.create(
                        provider_id=provider_id, format=written, origin=origin, name=name[:200],
                        sha256=digest.hexdigest(), size=size, day=day, received_at=now, received_by=actor,
                        time_zone=source.time_zone if source else "UTC",
                    )  # fmt: skip
            except IntegrityError as taken:
                if "statement_bytes_once_per_provider" in str(taken):
                    raise StatementKnown from taken
                raise
            for number, content in enumerate(iter(lambda: kept.read(PART), b""), start=1):
                StatementPart.objects.create(statement=row, number=number, content=content)
            audit_record(
                name=EventName.STATEMENT_RECEIVED, actor=actor, now=now,
                subject=f"reconciliation.statement:{row.pk}",
                after={"provider": provider_id, "name": row.name, "sha256": row.sha256, "size": size},
            )  # fmt: skip
    return row
