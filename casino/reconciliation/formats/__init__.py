"""Statements of providers, read line by line: a module per format. `reader_of` raises KeyError for none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casino.reconciliation.enums import StatementFormat
from casino.reconciliation.formats import failed_queue, hub88, own_csv, own_json, pragmatic, pragmatic_rounds
from casino.reconciliation.types import Parser

F = StatementFormat
READERS: Final[Mapping[str, Parser]] = {
    F.CSV: own_csv.lines,
    F.JSON: own_json.lines,
    F.HUB88: hub88.lines,
    F.PRAGMATIC: pragmatic.lines,
    F.PRAGMATIC_ROUNDS: pragmatic_rounds.lines,
    F.FAILED_QUEUE: failed_queue.lines,
}


def reader_of(name: str) -> Parser:
    """The parser of a format."""
    return READERS[name]
