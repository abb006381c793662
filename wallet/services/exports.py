"""Writing sealed blocks out, so that anybody can verify them with one file of Python and the public key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.models import Seal
from wallet.selectors.proof import seal_exported
from wallet.selectors.seals import sealed_rows

FORMAT: Final = "casino seal export v1"


class ExportRefused(Exception):  # noqa: N818 - a refusal with one line for a person
    """Nothing was exported; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written."""

    blocks: int
    rows: int


def ledger_export(
    *,
    folder: Path,
    public_keys: Mapping[str, bytes],
    from_seal: int | None,
    to_seal: int | None,
    progress: Callable[[int, int, int], None],
    actor: str,
    now: datetime,
) -> Exported:
    """Write `blocks/<number>.jsonl` for each seal, `seals.json` and `public-keys.txt` into a new or empty folder.

    The rows come from one snapshot as they stand now: verifying the export tells whether they still are what was
    sealed. `progress` hears (seal, last seal, rows so far). `seals.json` is written last: without it the export is
    not complete. Raises ExportRefused.
    """
    blocks = _new_folder(folder)
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        seals = _chosen(from_seal, to_seal)
        last = seals.last()
        if last is None:
            raise ExportRefused("There is no seal to export: run `manage.py seal_ledger` first, or ask for others.")
        rows = count = 0
        listing = folder / "seals.json.partial"
        with listing.open("w", encoding="utf-8") as file:
            file.write(f'{{"format": {json.dumps(FORMAT)}, "seals": [\n')
            for seal in seals.iterator(chunk_size=200):
                _write_block(blocks / f"{seal.number:09d}.jsonl", seal)
                file.write(("," if count else "") + json.dumps(seal_exported(seal)) + "\n")
                count, rows = count + 1, rows + seal.row_count
                progress(seal.number, last.number, rows)
            file.write("]}\n")
    (folder / "public-keys.txt").write_text("".join(f"{key.hex()}\n" for key in public_keys.values()), encoding="ascii")
    _record(Exported(count, rows), last, actor, now)
    listing.rename(folder / "seals.json")
    return Exported(count, rows)


def _chosen(from_seal: int | None, to_seal: int | None) -> QuerySet[Seal]:
    seals = Seal.objects.order_by("number")
    if from_seal is not None:
        seals = seals.filter(number__gte=from_seal)
    return seals if to_seal is None else seals.filter(number__lte=to_seal)


def _record(exported: Exported, last: Seal, actor: str, now: datetime) -> None:
    audit_record(
        name=EventName.LEDGER_EXPORTED, actor=actor, now=now, subject="wallet.ledger:all",
        after={"blocks": exported.blocks, "rows": exported.rows, "through_seal": last.number},
    )  # fmt: skip


def _new_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ExportRefused(f"{folder} is not empty: name a new folder.")
        blocks = folder / "blocks"
        blocks.mkdir()
    except OSError as error:
        raise ExportRefused(f"{folder} can not be written to ({error.strerror}).") from error
    return blocks


def _write_block(path: Path, seal: Seal) -> None:
    with path.open("wb") as file:
        for row in sealed_rows(seal.from_order, seal.to_order, seal.kinds.split(",")):
            file.write(row.line)
            file.write(b"\n")
