"""Games Global's queue of failed transactions (`GET /agents/{agentCode}/failedTransactions`).

An item says what is left to do: `rollback`, the debit that it names is to be given back if we booked it; `credit`, the
win is to be paid if we have not (protocols.md §3.3). Completed items are over and tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from zoneinfo import ZoneInfo

from casino.reconciliation.enums import LineKind, LineState
from casino.reconciliation.formats.fields import (
    Row,
    amount_of,
    currency_of,
    milliseconds_of,
    moment_of,
    name_of,
    objects,
)
from casino.reconciliation.types import Bad, Told

KINDS = {"rollback": LineKind.ROLLBACK, "credit": LineKind.WIN}


def lines(stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | Bad]:
    """The items. Raises StatementUnreadable."""

    def read(number: int, row: Row) -> Told | None:
        kind = KINDS.get(str(row.get("actionType", "")).lower())
        if kind is None:
            raise ValueError(f"{str(row.get('actionType'))[:40]!r} is no action")
        if row.get("completed") is True:
            return None
        name, moment = name_of(row.get("txnId"), "txnId"), row.get("creationTimeMs")
        return Told(
            number=number, kind=kind, state=LineState.BOOKED, transaction_id=name, of=name,
            round_reference=name_of(row.get("roundId"), "roundId", needed=False),
            player=name_of(row.get("playerId"), "playerId", needed=False),
            game=name_of(row.get("contentCode"), "contentCode", needed=False), amount=amount_of(row.get("amount")),
            currency=currency_of(row.get("currency")),
            at=milliseconds_of(moment) if moment is not None else moment_of(row.get("creationTime"), zone),
        )  # fmt: skip

    return objects(stream, ("failedTransactions", "items", "data"), read)
