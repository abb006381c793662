"""Our own JSON: an object per line (or a list of them) with the names of our CSV's head; amounts are strings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO
from zoneinfo import ZoneInfo

from casino.reconciliation.formats.fields import LINE_MOST, Row, objects, understood
from casino.reconciliation.formats.own_csv import told_of
from casino.reconciliation.types import Bad, Told


def lines(stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | Bad]:
    """The lines; a file of one object per line is read as it comes. Raises StatementUnreadable."""

    def read(number: int, row: Row) -> Told:
        if not isinstance(row.get("amount", ""), str):
            raise ValueError("amount is no string")
        return told_of(number, row, zone)

    start = stream.read(1)
    stream.seek(0)
    if start == b"[":
        yield from objects(stream, ("lines",), read)
        return
    number = 0
    for raw in stream:
        number += 1
        text = raw.decode("utf-8-sig", errors="replace").strip()
        if not text:
            continue
        try:
            item = json.loads(text)
        except (ValueError, RecursionError) as problem:
            yield Bad(number, text[:LINE_MOST], f"no JSON: {str(problem)[:200]}")
            continue
        yield from understood(number, item, read)
