"""A statement is read and matched whole, in one transaction: whoever is killed in the middle leaves nothing of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import IO, Any, BinaryIO, Final, cast
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max, Min

from casino.reconciliation.enums import StatementState
from casino.reconciliation.errors import StatementUnreadable
from casino.reconciliation.formats import reader_of
from casino.reconciliation.locks import provider_lock, statement_lock
from casino.reconciliation.models import Fault, Line, Statement, StatementPart
from casino.reconciliation.progress import Meter
from casino.reconciliation.services.matching import statement_match
from casino.reconciliation.services.statements import SYSTEM
from casino.reconciliation.types import Bad, Told
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

TOLD_EVERY: Final = 1000
FAULTS_MOST: Final = 100_000
_COPY: Final = (
    "COPY reconciliation_line (statement_id, number, provider_id, kind, transaction_id, of, round_reference, player,"
    " game, amount, currency, state, at) FROM STDIN"
)


def statement_read(*, statement_id: int, now: datetime) -> Statement | None:
    """Read, match, find the breaks; None when there is nothing left to do. Safe to repeat, and at the same time."""
    with transaction.atomic():
        row = statement_lock(statement_id)
        if row is None:
            return None
        provider_lock(row.provider_id)
        meter = Meter(row.pk, row.size)
        try:
            with transaction.atomic():
                _taken(row, meter, now)
        except StatementUnreadable as problem:
            row.state, row.line_count, row.fault_count = StatementState.REFUSED, 0, 0
            row.problem = problem.details.get("why", problem.message)[:300]
        row.finished_at = now
        row.save(update_fields=["state", "problem", "line_count", "fault_count", "from_at", "until_at", "finished_at"])
        audit_record(
            name=EventName.STATEMENT_MATCHED, actor=SYSTEM, now=now, subject=f"reconciliation.statement:{row.pk}",
            after={"state": row.state, "lines": row.line_count, "faults": row.fault_count, "problem": row.problem},
        )  # fmt: skip
    meter.tell("done")
    return row


def _taken(row: Statement, meter: Meter, now: datetime) -> None:
    zone = ZoneInfo(row.time_zone)
    with tempfile.TemporaryFile() as raw:
        _bytes_of(row, raw)
        row.line_count, row.fault_count = _copied(row, raw, zone, meter)
    if not row.line_count and row.fault_count:
        raise StatementUnreadable(why=f"none of its {row.fault_count} lines can be understood")
    row.from_at, row.until_at = _period(row, zone)
    row.state = StatementState.MATCHED
    meter.tell("matching")
    statement_match(row=row, now=now)


def _bytes_of(row: Statement, raw: IO[bytes]) -> None:
    parts = StatementPart.objects.filter(statement=row).order_by("number").values_list("content", flat=True)
    for content in parts.iterator(chunk_size=4):
        raw.write(content)
    raw.seek(0)


def _copied(row: Statement, raw: IO[bytes], zone: ZoneInfo, meter: Meter) -> tuple[int, int]:
    """How many lines and how many faults there are."""
    faults: list[Bad] = []
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        lines = 0
        for told in _each(row, raw, zone):
            if isinstance(told, Bad):
                faults.append(told)
                if len(faults) > FAULTS_MOST:
                    raise StatementUnreadable(why=f"more than {FAULTS_MOST:,} lines can not be understood")
                continue
            copy.write_row(_cells(row, told))
            lines += 1
            if lines % TOLD_EVERY == 0:
                meter.read(raw.tell() if not raw.closed else row.size, lines)
    Fault.objects.bulk_create(
        (
            Fault(statement=row, number=one.number, text=one.text.replace("\x00", "\ufffd"), problem=one.problem)
            for one in faults
        ),
        batch_size=1000,
    )
    meter.read(row.size, lines)
    return lines, len(faults)


def _each(row: Statement, raw: IO[bytes], zone: ZoneInfo) -> Iterator[Told | Bad]:
    return reader_of(row.format)(cast("BinaryIO", raw), zone)


def _cells(row: Statement, told: Told) -> tuple[Any, ...]:
    return (
        row.pk, told.number, row.provider_id, told.kind.value, told.transaction_id, told.of, told.round_reference,
        told.player, told.game, told.amount, told.currency, told.state.value, told.at,
    )  # fmt: skip


def _period(row: Statement, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """The day that was said, else the whole days from the first line to the last, as the provider counts days.

    Nobody can tell what comes later: the period ends when the statement was received.
    """
    first = last = row.day
    if row.day is None:
        seen = Line.objects.filter(statement=row).aggregate(first=Min("at"), last=Max("at"))
        if seen["first"] is None:
            return None, None
        first, last = (seen[name].astimezone(zone).date() for name in ("first", "last"))
    assert first is not None
    assert last is not None
    begin = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    ends = min(end, row.received_at) if row.received_at > begin else end
    return begin.astimezone(UTC), ends.astimezone(UTC)
