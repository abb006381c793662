"""Comma-separated text that a spreadsheet opens without running anything (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# A cell that begins so is a formula to a spreadsheet, whatever stands behind it.
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell_text(value: object) -> str:
    """A cell as plain text: an apostrophe before what a spreadsheet would run."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole table, lines ended by CRLF, a byte-order mark before it so that umlauts survive Excel."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell_text(header) for header in headers])
    writer.writerows([[cell_text(value) for value in row] for row in rows])
    return "\ufeff" + out.getvalue()
