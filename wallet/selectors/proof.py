"""What proves a booking: its transaction with entries, its recorded answers, and the seal that covers each row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wallet.models import Entry, Seal, Transaction
from wallet.sealing.canonical import Json
from wallet.selectors.seals import seal_header, sealed_rows

LEDGER_KINDS: Final = ("answer", "transaction")
MOST_BLOCK_ROWS: Final = 200_000
MOST_SEALS: Final = 2_000
_COVERING: Final = """
    SELECT o.o, s.number FROM unnest(%s::bigint[]) o CROSS JOIN LATERAL (
        SELECT w.number, w.to_order FROM wallet_seal w WHERE w.from_order <= o.o ORDER BY w.from_order DESC LIMIT 1
    ) s WHERE s.to_order > o.o
"""


@dataclass(frozen=True, slots=True)
class Booked:
    """A ledger transaction with its lines in their order; `seal` is the number of its seal, None while it waits."""

    transaction: Transaction
    entries: Sequence[Entry]
    seal: int | None


def bookings_of(transaction_ids: Iterable[UUID]) -> dict[UUID, Booked]:
    """The transactions among these ids that the ledger has, with entries, accounts and seals."""
    found = {row.pk: row for row in Transaction.objects.filter(pk__in=set(transaction_ids))}
    lines: dict[UUID, list[Entry]] = {key: [] for key in found}
    rows = Entry.objects.filter(transaction_id__in=found.keys()).select_related("account")
    for entry in rows.order_by("transaction_id", "line"):
        lines[entry.transaction_id].append(entry)
    seals = seals_covering(row.commit_order for row in found.values())
    return {key: Booked(row, lines[key], seals.get(row.commit_order)) for key, row in found.items()}


def seals_covering(orders: Iterable[int]) -> dict[int, int]:
    """The number of the seal over each of these places in the commit order; those that wait for one are missing."""
    with connection.cursor() as cursor:
        cursor.execute(_COVERING, [sorted(set(orders))])
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A sealed row with its canonical line, without the newline."""

    order: int
    kind: str
    id: str
    line: bytes

    def fields(self) -> dict[str, Any]:
        """The row's fields, as a reader of the line gets them."""
        found: dict[str, Any] = json.loads(self.line)
        return found


@dataclass(frozen=True, slots=True)
class SealProof:
    """Rows with what proves them. `covered` tells the seal's number by place; places that wait for one are missing.

    `seals` are the seals from the first to the last one that covers a row, as exports list them; `blocks` those whose
    rows go with the proof, and `left_out` says in words what does not.
    """

    rows: Sequence[ProofRow]
    covered: Mapping[int, int]
    seals: Sequence[dict[str, Json]]
    blocks: Sequence[Seal]
    left_out: Sequence[str]


def seal_proof(*, orders: Iterable[int], ids: Collection[str], whole_blocks: bool) -> SealProof:
    """What proves the answers and transactions named by `ids` at these places. Needs a transaction.

    A block is hashed over all its rows, so proving that a row is in it takes the whole block, with rows of others:
    only where `whole_blocks` asks for it, and not beyond `MOST_BLOCK_ROWS` rows.
    """
    places = sorted(set(orders))
    rows = [
        ProofRow(*row) for place in places for row in sealed_rows(place, place + 1, LEDGER_KINDS) if row.id in ids
    ]  # fmt: skip
    covered = seals_covering(row.order for row in rows)
    covering = list(Seal.objects.filter(number__in=set(covered.values())).order_by("number"))
    seals, left_out = _chain(covering)
    blocks: list[Seal] = []
    if whole_blocks and sum(seal.row_count for seal in covering) > MOST_BLOCK_ROWS:
        left_out.append(f"The sealed blocks hold more than {MOST_BLOCK_ROWS} rows: ask for an export of the ledger.")
    elif whole_blocks:
        blocks = covering
    elif covering:
        left_out.append("The sealed blocks, which hold rows of others: ask for an export of the ledger.")
    return SealProof(rows, covered, [seal_exported(seal) for seal in seals], blocks, left_out)


def _chain(covering: Sequence[Seal]) -> tuple[Sequence[Seal], list[str]]:
    """The seals between the first and the last covering one, so that their chain can be followed; or those alone."""
    if not covering or covering[-1].number - covering[0].number >= MOST_SEALS:
        words = f"The seals between the covering ones, of which there are more than {MOST_SEALS}."
        return covering, [words] if covering else []
    first, last = covering[0].number, covering[-1].number
    return list(Seal.objects.filter(number__gte=first, number__lte=last).order_by("number")), []


def seals_listed(numbers: Collection[int]) -> tuple[list[dict[str, Json]], list[str]]:
    """Seals as exports list them, with those between them, so that the chain can be followed; and what is left out."""
    seals, left_out = _chain(list(Seal.objects.filter(number__in=set(numbers)).order_by("number")))
    return [seal_exported(seal) for seal in seals], left_out


def block_lines(seal: Seal) -> Iterator[bytes]:
    """The canonical lines of a block as they stand now, streamed. Needs a transaction."""
    return (row.line for row in sealed_rows(seal.from_order, seal.to_order, seal.kinds.split(",")))


def seal_exported(seal: Seal) -> dict[str, Json]:
    """A seal as exports list it: what verify_seals.py reads."""
    return seal_header(seal).as_json() | {
        "hash": bytes(seal.block_hash).hex(),
        "signature": bytes(seal.signature).hex(),
    }
