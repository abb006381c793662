"""What proves the audit trail's rows of a package: their place in the sealed chain (AUD-08), beside the files.

`first` and `last` are the events' numbers and places in the commit order; `head` is the newest seal. The seals that
cover the rows go along, and the rows as they were sealed, so that what the CSV says can be compared with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from casino.play.evidence.archive import Archive, json_bytes
from reporting.catalogue.types import Question, Report
from wallet.sealing.canonical import Json
from wallet.selectors.proof import seals_covering, seals_listed
from wallet.selectors.seals import last_seal, sealed_rows

# Reports whose rows are sealed ones: their columns of the row's number and place in the commit order; its sealed kind.
SEALED: Final = {"audit-trail": ("id", "commit_order", "audit")}
SEAL_FORMAT: Final = "casino seal export v1"
MOST_ROWS: Final = 200_000
ROWS_FILE: Final = "proof/rows.jsonl"
SEALS_FILE: Final = "proof/seals.json"


@dataclass(frozen=True, slots=True)
class Chain:
    """First and last row and how many there are, by the numbers and commit orders of their events."""

    first: tuple[int, int]
    last: tuple[int, int]
    rows: int


def chain_write(archive: Archive, report: Report, question: Question) -> dict[str, Json] | None:
    """Add the proof of a report's rows and return its part of the manifest; None for reports of other rows."""
    if report.code not in SEALED:
        return None
    column, place, kind = SEALED[report.code]
    chain = _chain(report, question, column, place)
    told: dict[str, Json] = {"kind": kind, "head": _head(), "first": None, "last": None, "left_out": []}
    if chain is None:
        archive.add(SEALS_FILE, json_bytes({"format": SEAL_FORMAT, "seals": []}))
        archive.add(ROWS_FILE, b"")
        return told
    covered = seals_covering([chain.first[1], chain.last[1]])
    seals, left_out = seals_listed(set(covered.values()))
    if chain.rows <= MOST_ROWS:
        archive.add(ROWS_FILE, _lines(report, question, column, chain, kind))
    else:
        left_out.append(f"The sealed rows, of which there are more than {MOST_ROWS}: export the ledger.")
        archive.add(ROWS_FILE, b"")
    archive.add(SEALS_FILE, json_bytes({"format": SEAL_FORMAT, "seals": list(seals)}))
    first = {"id": chain.first[0], "commit_order": chain.first[1], "seal": covered.get(chain.first[1])}
    last = {"id": chain.last[0], "commit_order": chain.last[1], "seal": covered.get(chain.last[1])}
    return told | {"first": dict(first), "last": dict(last), "left_out": list(left_out)}


def _chain(report: Report, question: Question, column: str, place: str) -> Chain | None:
    query = report.query(question)
    rows = f'SELECT q."{column}"::bigint AS id, q."{place}"::bigint AS place FROM ({query.sql}) q'  # noqa: S608 - ours
    ends = f"""
        WITH r AS MATERIALIZED ({rows}), e AS (SELECT min(place) AS low, max(place) AS high, count(*) AS rows FROM r)
        SELECT e.low, e.high, e.rows, (SELECT min(id) FROM r WHERE place = e.low),
               (SELECT max(id) FROM r WHERE place = e.high) FROM e
    """  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(ends, dict[str, Any](query.parameters))
        low, high, count, first, last = cursor.fetchone() or (0, 0, 0, 0, 0)
    return Chain((first, low), (last, high), count) if count else None


def _lines(report: Report, question: Question, column: str, chain: Chain, kind: str) -> Iterator[bytes]:
    query = report.query(question)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT q."{column}"::text FROM ({query.sql}) q', dict[str, Any](query.parameters))  # noqa: S608 - our own
        wanted = {row[0] for row in cursor.fetchall()}
    for row in sealed_rows(chain.first[1], chain.last[1] + 1, (kind,)):
        if row.id in wanted:
            yield row.line + b"\n"


def _head() -> dict[str, Json] | None:
    seal = last_seal()
    if seal is None:
        return None
    return {
        "number": seal.number,
        "hash": bytes(seal.block_hash).hex(),
        "below_order": seal.to_order,
        "key": seal.key_id,
        "signature": bytes(seal.signature).hex(),
    }
