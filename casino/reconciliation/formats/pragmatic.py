"""Pragmatic's data feed of transactions (CSV): `referenceID` is the `reference` of the wallet's call (case 196).

Types: B bet, W win, V bonus win, J jackpot win, P promotional win, L loss (no money), R refund of its bet.
A feed may begin with a line `timepoint=…`, from which the next one goes on.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from casino.reconciliation.enums import LineKind, LineState
from casino.reconciliation.formats.fields import amount_of, currency_of, moment_of, name_of, table
from casino.reconciliation.types import Bad, Told

HEAD: Final = (
    "playerID", "extPlayerID", "gameID", "playSessionID", "timestamp", "referenceID", "type", "amount", "currency"
)  # fmt: skip
KINDS: Final = {
    "B": LineKind.BET, "W": LineKind.WIN, "V": LineKind.WIN, "P": LineKind.WIN, "J": LineKind.JACKPOT,
    "R": LineKind.ROLLBACK, "L": None,
}  # fmt: skip


def lines(stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | Bad]:
    """The lines. Raises StatementUnreadable."""

    def read(number: int, row: dict[str, str]) -> Told | None:
        if row["type"].strip() not in KINDS:
            raise ValueError(f"{row['type'][:40]!r} is no type")
        kind = KINDS[row["type"].strip()]
        if kind is None:
            return None
        return Told(
            number=number + skipped, kind=kind, state=LineState.BOOKED,
            transaction_id=name_of(row["referenceID"], "referenceID"), of=name_of(row["referenceID"], "referenceID"),
            round_reference=name_of(row["playSessionID"], "playSessionID", needed=False),
            player=name_of(row["extPlayerID"], "extPlayerID", needed=False),
            game=name_of(row["gameID"], "gameID", needed=False), amount=amount_of(row["amount"]),
            currency=currency_of(row["currency"]), at=moment_of(row["timestamp"], zone),
        )  # fmt: skip

    skipped = timepoint_skip(stream)
    for one in table(stream, HEAD, read):
        yield one if isinstance(one, Told) else Bad(one.number + skipped, one.text, one.problem)


def timepoint_skip(stream: BinaryIO) -> int:
    """Step over a first line `timepoint=…`; how many lines that were."""
    if stream.readline(200).startswith(b"timepoint="):
        rest = io.BytesIO(stream.read()) if not stream.seekable() else None
        assert rest is None, "statements are read from files"
        return 1
    stream.seek(0)
    return 0
