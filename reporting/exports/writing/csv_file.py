"""CSV by COPY: rows stream from PostgreSQL into the file and are never all in memory (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from django.db import connection

from common.errors import BrokenPromise
from reporting.exports.writing.cells import Sheet
from reporting.exports.writing.progress import EVERY_ROWS, Heard

BOM: Final = b"\xef\xbb\xbf"
# A file of a package ends near this size, and its rows go on in another: ZIP without extensions, and most editors.
MOST_BYTES: Final = 1 << 30
_BATCH: Final = 500


def heading(sheet: Sheet, *, bom: bool) -> bytes:
    """The first line, with a byte-order mark before it where somebody asked for one."""
    out = io.StringIO()
    csv.writer(out).writerow([cell.name for cell in sheet.cells])
    return (BOM if bom else b"") + out.getvalue().encode()


class CsvRows:
    """The rows of a sheet as bytes of CSV, in pieces of whole rows. `rows` counts them; needs a transaction.

    COPY sends one message for each row and ends it with a line feed; RFC 4180 wants CR LF, inside cells as they are.
    """

    def __init__(self, sheet: Sheet, heard: Heard) -> None:
        self.rows = 0
        self._heard = heard
        self._pieces = self._read(sheet)
        self._ahead: bytes | None = next(self._pieces, None)

    @property
    def more(self) -> bool:
        """Whether rows are left."""
        return self._ahead is not None

    def part(self, most: int = MOST_BYTES) -> Iterator[bytes]:
        """The next rows, up to about `most` bytes."""
        written = 0
        while self._ahead is not None and written < most:
            piece = self._ahead
            written += len(piece)
            yield piece
            self._ahead = next(self._pieces, None)

    def _read(self, sheet: Sheet) -> Iterator[bytes]:
        with connection.cursor() as cursor:
            statement = cursor.cursor.mogrify(sheet.sql, sheet.parameters)
            batch: list[bytes] = []
            with cursor.cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy:
                for row in copy:
                    batch.append(bytes(row)[:-1])
                    if len(batch) == _BATCH:
                        yield self._piece(batch)
                        batch = []
            if batch:
                yield self._piece(batch)
            if cursor.cursor.rowcount != self.rows:
                raise BrokenPromise(f"COPY sent {cursor.cursor.rowcount} rows, {self.rows} were written")

    def _piece(self, batch: list[bytes]) -> bytes:
        before = self.rows
        self.rows += len(batch)
        if before // EVERY_ROWS != self.rows // EVERY_ROWS:
            self._heard(self.rows)
        return b"\r\n".join(batch) + b"\r\n"
