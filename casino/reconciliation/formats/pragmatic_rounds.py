"""Pragmatic's data feed of game rounds (CSV, 16 columns): which rounds ended, and how. `playSessionID` is the round.

Status: C completed, I in progress, F finalised by the operator's word: refunded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from casino.reconciliation.enums import LineKind, LineState
from casino.reconciliation.formats.fields import amount_of, currency_of, moment_of, name_of, table
from casino.reconciliation.formats.pragmatic import timepoint_skip
from casino.reconciliation.types import Bad, Told

HEAD: Final = (
    "playerID", "extPlayerID", "gameID", "playSessionID", "parentSessionID", "startDate", "endDate", "status", "type",
    "bet", "win", "currency", "jackpot", "bonusCode", "bonusBet", "bonusWin",
)  # fmt: skip
STATES: Final = {"C": LineState.CLOSED, "I": LineState.OPEN, "F": LineState.REFUNDED}


def lines(stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | Bad]:
    """The rounds; the amount is the bet less the win only where both agree with ours (matching). Raises
    StatementUnreadable.
    """

    def read(number: int, row: dict[str, str]) -> Told:
        state = STATES.get(row["status"].strip())
        if state is None:
            raise ValueError(f"{row['status'][:40]!r} is no status")
        ended = row["endDate"].strip().strip("-")
        return Told(
            number=number + skipped, kind=LineKind.ROUND, state=state,
            round_reference=name_of(row["playSessionID"], "playSessionID"),
            player=name_of(row["extPlayerID"], "extPlayerID"), game=name_of(row["gameID"], "gameID", needed=False),
            amount=amount_of(row["bet"]), currency=currency_of(row["currency"]),
            at=moment_of(ended or row["startDate"], zone),
        )  # fmt: skip

    skipped = timepoint_skip(stream)
    for one in table(stream, HEAD, read):
        yield one if isinstance(one, Told) else Bad(one.number + skipped, one.text, one.problem)
