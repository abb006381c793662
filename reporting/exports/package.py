"""The package: a ZIP with the files, a manifest that says what they are, and a signature over the manifest.

Written beside its place and renamed into it when all of it is on disk, so that a package that is there is whole.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casino.play.evidence.archive import Archive
from reporting.catalogue.types import Tie
from reporting.exports.enums import ExportFormat
from reporting.exports.proof import chain_write
from reporting.exports.writing.about import About
from reporting.exports.writing.cells import Sheet, sheet_of
from reporting.exports.writing.csv_file import MOST_BYTES, CsvRows, heading
from reporting.exports.writing.pdf_file import pdf_write
from reporting.exports.writing.progress import Heard
from reporting.exports.writing.totals import Totals
from reporting.exports.writing.xlsx_file import Workbook, text_rows
from wallet.sealing.canonical import Json
from wallet.sealing.keys import SealKey

FORMAT: Final = "casino export v1"
DOMAIN: Final = b"casino export v1\n"
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What is in the package: SHA-256 of the whole and its length, and the rows by file."""

    sha256: str
    bytes: int
    rows: dict[str, int]
    files: dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into a package besides the rows."""

    about: About
    totals: Totals
    ties: Sequence[Tie]
    format: ExportFormat
    bom: bool
    more: dict[str, Json]


def package_write(path: Path, contents: Contents, *, key: SealKey, heard: Heard) -> Written:
    """Write the package at `path`. Needs the transaction of the snapshot; what stops it leaves nothing behind."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as scratch:
        part = Path(scratch) / "package.zip"
        with part.open("xb") as target:
            archive = Archive(target, form=FORMAT, domain=DOMAIN)
            try:
                rows = _files(archive, contents, Path(scratch), heard)
                chain = chain_write(archive, contents.about.report, contents.about.question)
                archive.finish(_manifest(contents, rows, chain), key)
            except BaseException:
                archive.discard()
                raise
            target.flush()
            os.fsync(target.fileno())
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name, too, survives a power cut
    finally:
        os.close(folder)
    return Written(_digest(path), path.stat().st_size, rows, archive.listed())


def _files(archive: Archive, contents: Contents, scratch: Path, heard: Heard) -> dict[str, int]:
    sheet = sheet_of(contents.about.report, contents.about.question)
    name = contents.about.report.code
    if contents.format is ExportFormat.CSV:
        return _csv(archive, sheet, name, contents.bom, heard)
    path = scratch / f"{name}.{contents.format}"
    if contents.format is ExportFormat.PDF:
        ties = [(tie.name, tie.currency, f"{tie.reported:f}", f"{tie.ledger:f}", f"{tie.difference:f}")
                for tie in contents.ties]  # fmt: skip
        rows = pdf_write(
            path, about=contents.about, cells=sheet.cells, rows=text_rows(sheet), totals=contents.totals,
            reconciliation=ties, heard=heard,
        )  # fmt: skip
    else:
        book = Workbook(path, title=contents.about.report.title, made_at=contents.about.made_at)
        book.write(sheet.cells, text_rows(sheet), heard)
        book.about([*contents.about.lines(), *_totals_lines(contents)])
        book.close()
        rows = book.rows
    archive.add(path.name, _pieces(path))
    path.unlink()
    return {path.name: rows}


def _csv(archive: Archive, sheet: Sheet, name: str, bom: bool, heard: Heard) -> dict[str, int]:  # noqa: FBT001
    source, found, before = CsvRows(sheet, heard), {}, 0
    number = 1
    while number == 1 or source.more:
        file = f"{name}.csv" if number == 1 else f"{name}-{number}.csv"

        def content() -> Iterator[bytes]:
            yield heading(sheet, bom=bom)
            yield from source.part(MOST_BYTES)

        archive.add(file, content())
        found[file], before = source.rows - before, source.rows
        number += 1
    return found


def _manifest(contents: Contents, rows: dict[str, int], chain: dict[str, Json] | None) -> dict[str, Json]:
    columns: list[Json] = [
        {"name": cell.name, "title": cell.title, "kind": cell.source.kind.value, "currency": cell.source.currency,
         "summed": cell.source.summed}
        for cell in sheet_of(contents.about.report, contents.about.question).cells
    ]  # fmt: skip
    ties: list[Json] = [
        {"name": tie.name, "currency": tie.currency, "reported": f"{tie.reported:f}", "ledger": f"{tie.ledger:f}",
         "difference": f"{tie.difference:f}"}
        for tie in contents.ties
    ]  # fmt: skip
    return {
        **contents.about.as_json(), **contents.more, "rows": sum(rows.values()),
        "tables": {name: {"rows": count} for name, count in rows.items()}, "columns": columns,
        "totals": contents.totals.as_json(),
        "reconciliation": ties, "chain": chain,
    }  # fmt: skip


def _totals_lines(contents: Contents) -> list[tuple[str, str]]:
    return contents.totals.lines() + [(f"{tie.name}, {tie.currency}: difference to the ledger", f"{tie.difference:f}")
                    for tie in contents.ties]  # fmt: skip


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()
