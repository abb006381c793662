"""Taking the audit trail out of the house: a CSV and a manifest that says what it is, in one ZIP (AUD-08, AUD-10)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from common.clock import instant_text
from common.csv_text import cell_text
from common.ids import uuid7
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.selectors.seals import last_seal

FORMAT: Final = "casino audit export v1"
CSV_NAME: Final = "audit.csv"
FETCH_ROWS: Final = 2_000
COLUMNS: Final = (
    "id", "commit_order", "occurred_at", "recorded_at", "name", "severity", "significant", "outcome", "actor", "roles",
    "on_behalf_of", "brand_id", "player_id", "subject", "before", "after", "reason", "approval", "request_id", "ip",
    "session",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrailExport:
    """The finished file, at its beginning; it is gone when it is closed. `manifest` stands in it, too."""

    file: IO[bytes]
    name: str
    manifest: dict[str, Any]


def trail_export(
    *, events: QuerySet[AuditEvent], filters: dict[str, str], reason: str, actor: str, now: datetime
) -> TrailExport:
    """Write the chosen events, oldest first, as they stand in one snapshot; and record that they left the house.

    The CSV is UTF-8 with CRLF lines (RFC 4180), and no cell runs in a spreadsheet. `filters` says in words what was
    chosen. Must not run inside another transaction; without its own record in the trail, nothing is returned.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _written(archive, events) | _sealed_through()
                manifest |= {
                    "filters": filters,
                    "reason": reason,
                    "exported_by": actor,
                    "exported_at": instant_text(now),
                }
                archive.writestr("manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        audit_record(
            name=EventName.AUDIT_EXPORTED, actor=actor, now=now, subject=f"audit.export:{uuid7()}", reason=reason,
            after={"filters": filters, "rows": manifest["rows"], "sha256": manifest["sha256"]},
        )  # fmt: skip
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return TrailExport(file, f"audit-{now:%Y%m%d-%H%M%S}.zip", manifest)


def _written(archive: zipfile.ZipFile, events: QuerySet[AuditEvent]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    with archive.open(CSV_NAME, "w") as out:
        for place, line in _lines(events):
            digest.update(line)
            out.write(line)
            if place is not None:
                first, last, rows = first or place, place, rows + 1
    return {
        "format": FORMAT,
        "file": CSV_NAME,
        "sha256": digest.hexdigest(),
        "columns": list(COLUMNS),
        "rows": rows,
        "first": None if first is None else {"id": first[0], "commit_order": first[1]},
        "last": None if last is None else {"id": last[0], "commit_order": last[1]},
    }


def _lines(events: QuerySet[AuditEvent]) -> Iterator[tuple[tuple[int, int] | None, bytes]]:
    """The CSV's lines, each with the place of its event; the heading has none."""
    yield None, _line(COLUMNS)
    rows = events.order_by("id").values_list(*COLUMNS)
    for row in rows.iterator(chunk_size=FETCH_ROWS):
        yield (row[0], row[1]), _line([_cell(value) for value in row])


def _line(cells: Sequence[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([cell_text(cell) for cell in cells])
    return out.getvalue().encode()


def _cell(value: object) -> object:
    match value:
        case datetime():
            return instant_text(value)
        case bool():
            return "yes" if value else "no"
        case dict():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        case list():
            return " ".join(map(str, value))
    return value


def _sealed_through() -> dict[str, Any]:
    """The head of the chain at that moment: events with a lower commit order are proved by it."""
    seal = last_seal()
    if seal is None:
        return {"seal": None}
    head = {"number": seal.number, "hash": bytes(seal.block_hash).hex(), "below_order": seal.to_order}
    return {"seal": head | {"signature": bytes(seal.signature).hex(), "key": seal.key_id}}
