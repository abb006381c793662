"""What proves a booking: its transaction with entries, its recorded answers, and the seal that covers each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from wallet.models import Entry, Seal, Transaction
from wallet.sealing.canonical import Json
from wallet.selectors.seals import SealedRow, seal_header, sealed_rows

LEDGER_KINDS: Final = ("answer", "transaction")
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


def lines_at(orders: Iterable[int]) -> list[SealedRow]:
    """The canonical lines of the answers and transactions at these places, as seals cover them. Needs a transaction."""
    return [row for order in sorted(set(orders)) for row in sealed_rows(order, order + 1, LEDGER_KINDS)]


def seals_between(first: int, last: int, *, most: int) -> list[Seal]:
    """Seals with first <= number <= last, at most `most`, in their order."""
    return list(Seal.objects.filter(number__gte=first, number__lte=last).order_by("number")[:most])


def seal_exported(seal: Seal) -> dict[str, Json]:
    """A seal as exports list it: what verify_seals.py reads."""
    return seal_header(seal).as_json() | {
        "hash": bytes(seal.block_hash).hex(),
        "signature": bytes(seal.signature).hex(),
    }
