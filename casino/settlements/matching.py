"""Which line settles which movement. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol, TypeVar

from casino.gateways.enums import NewsKind
from wallet.enums import TransactionKind

N, T = NewsKind, TransactionKind
SETTLES: Final[Mapping[str, frozenset[str]]] = {
    N.DEPOSIT_CONFIRMED: frozenset({T.DEPOSIT, T.SUSPENSE}),
    N.DEPOSIT_REVERSED: frozenset({T.ROLLBACK, T.REFUND}),
    N.REFUND_DONE: frozenset({T.REFUND}),
    N.REFUND_FAILED: frozenset({T.REFUND_RETURN}),
    N.CHARGEBACK: frozenset({T.CHARGEBACK}),
    N.CHARGEBACK_REVERSED: frozenset({T.CHARGEBACK_REVERSAL}),
    N.PAYOUT_CONFIRMED: frozenset({T.WITHDRAWAL}),
    N.PAYOUT_RETURNED: frozenset({T.WITHDRAWAL_RETURN}),
}


class LineRow(Protocol):
    """What of a line decides."""

    kind: str
    reference: str
    gateway_reference: str
    currency: str


class MovementRow(Protocol):
    """What of a movement decides."""

    pk: int
    kind: str
    reference: str
    gateway_reference: str
    also: str
    currency: str


Line = TypeVar("Line", bound=LineRow)
Row = TypeVar("Row", bound=MovementRow)


def pairs(lines: Iterable[Line], movements: Iterable[Row]) -> Iterator[tuple[Line, Row]]:
    """Each line with the movement that it settles: same fact, same currency, one of the names; each taken once."""
    known: dict[str, list[Row]] = defaultdict(list)
    for row in movements:
        for name in {row.reference, row.gateway_reference, row.also} - {""}:
            known[name].append(row)
    taken: set[int] = set()
    for line in lines:
        for row in (row for name in (line.reference, line.gateway_reference) if name for row in known.get(name, ())):
            if row.pk not in taken and row.kind in SETTLES.get(line.kind, ()) and row.currency == line.currency:
                taken.add(row.pk)
                yield line, row
                break
