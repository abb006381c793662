"""Reading what is sealed and what waits for it, in the order in which rows can no longer be joined by earlier ones."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from django.db import connection

from common.errors import BrokenPromise
from wallet.models import Seal
from wallet.sealing.blocks import BlockHeader
from wallet.sealing.canonical import canonical_line
from wallet.sealing.kinds import SealedKind, sealed_kind_get

FETCH_ROWS: Final = 1_000


class SealedRow(NamedTuple):
    """One row in sealing order; tuples compare as blocks are ordered."""

    order: int
    kind: str
    id: str
    line: bytes


def settled_horizon() -> int:
    """No row with a commit order below it can appear any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT commit_order_horizon()")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def rows_from_the_future(names: Sequence[str]) -> bool:
    """Whether a row carries a commit order that no transaction of this cluster can have reached yet.

    In one statement, so that the rows and the newest transaction number come from one snapshot. True after a dump
    was restored into another cluster, whose transaction numbers start again.
    """
    parts = " UNION ALL ".join(
        f"SELECT 1 FROM {kind.table} WHERE commit_order >= (SELECT unreached FROM reach)"  # noqa: S608
        for kind in kinds_named(names)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH reach AS MATERIALIZED (SELECT commit_order_horizon() + pg_snapshot_xmax(s)::text::bigint"  # noqa: S608
            " - pg_snapshot_xmin(s)::text::bigint AS unreached FROM pg_current_snapshot() s)"
            f" SELECT EXISTS ({parts})"
        )
        row = cursor.fetchone()
    return row is not None and bool(row[0])


def last_seal() -> Seal | None:
    """The head of the chain."""
    return Seal.objects.order_by("-number").first()


def kinds_named(names: Sequence[str]) -> list[SealedKind]:
    """The kinds that a block covers. Raises BrokenPromise when this program does not know one of them."""
    kinds = [sealed_kind_get(name) for name in names]
    if unknown := [name for name, kind in zip(names, kinds, strict=True) if kind is None]:
        raise BrokenPromise(f"sealed rows of the kind {unknown[0]!r}, which this program does not know")
    return [kind for kind in kinds if kind is not None]


def boundary_after(low: int, high: int, names: Sequence[str], *, limit: int) -> int | None:
    """The end of a range that starts at `low` and holds at most `limit` rows, whole commit orders only.

    One commit order with more rows than that is a range of its own. `high` when everything fits; None when the range
    is empty. Looks at a window that it widens, so that a long backlog is not sorted anew for each block.
    """
    orders = " UNION ALL ".join(
        f"SELECT commit_order FROM {kind.table} WHERE commit_order >= %(low)s AND commit_order < %(high)s"  # noqa: S608
        for kind in kinds_named(names)
    )
    query = (
        f"WITH first AS MATERIALIZED (SELECT commit_order FROM ({orders}) o ORDER BY 1 LIMIT %(some)s)"  # noqa: S608
        " SELECT min(commit_order), max(commit_order), count(*) FROM first"
    )
    width = 1
    while True:
        upper = min(high, low + width)
        with connection.cursor() as cursor:
            cursor.execute(query, {"low": low, "high": upper, "some": limit + 1})
            first, last, count = cursor.fetchone() or (0, 0, 0)
        if count > limit:
            return int(last) if last > first else int(last) + 1
        if upper == high:
            return high if count else None
        width *= 4


def sealed_rows(low: int, high: int, names: Sequence[str]) -> Iterator[SealedRow]:
    """Rows with low <= commit_order < high in sealing order: (commit_order, kind, id). Streams; needs a transaction."""
    return heapq.merge(*(_rows_of(kind, low, high) for kind in kinds_named(names)))


def _rows_of(kind: SealedKind, low: int, high: int) -> Iterator[SealedRow]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(kind.rows, {"low": low, "high": high})
        while rows := cursor.fetchmany(FETCH_ROWS):
            for row in rows:
                order, row_id = row[0], row[1]
                fields = kind.as_json(row)
                fields["kind"], fields["order"], fields["id"] = kind.name, order, row_id
                yield SealedRow(order, kind.name, row_id, canonical_line(fields))


def seal_header(seal: Seal) -> BlockHeader:
    """The stored seal as the header that was hashed."""
    return BlockHeader(
        number=seal.number,
        from_order=seal.from_order,
        to_order=seal.to_order,
        kinds=tuple(seal.kinds.split(",")),
        row_count=seal.row_count,
        content_hash=bytes(seal.content_hash),
        previous_hash=bytes(seal.previous_hash),
        key_id=seal.key_id,
        sealed_at=seal.sealed_at,
    )
