"""Our own CSV, for providers without a format of theirs: RFC 4180, UTF-8, a head, a line per transaction or round.

kind,transaction_id,original_transaction_id,round_id,player_id,game_code,amount,currency,state,at
bet,t-1,,r-1,pl_…,slot,1.00,EUR,booked,2026-11-20T10:00:00Z
rollback,t-3,t-1,r-1,pl_…,slot,,,booked,2026-11-20T10:00:05Z
round,,,r-2,pl_…,slot,,,closed,2026-11-20T10:01:00Z
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from casino.reconciliation.enums import LineKind, LineState
from casino.reconciliation.formats.fields import amount_of, currency_of, moment_of, name_of, table
from casino.reconciliation.types import Bad, Told

HEAD: Final = (
    "kind", "transaction_id", "original_transaction_id", "round_id", "player_id", "game_code", "amount", "currency",
    "state", "at",
)  # fmt: skip
_MONEY: Final = (LineState.BOOKED, LineState.ROLLED_BACK)
_ROUND: Final = (LineState.OPEN, LineState.CLOSED, LineState.REFUNDED)


def lines(stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | Bad]:
    """The lines. Raises StatementUnreadable."""
    return table(stream, HEAD, lambda number, row: told_of(number, row, zone))


def told_of(number: int, row: Mapping[str, Any], zone: ZoneInfo) -> Told:
    """One line of ours, whichever way it is written. Raises ValueError."""
    kind = _word(LineKind, row.get("kind"), "kind")
    state = _word(LineState, row.get("state") or "booked", "state")
    if state not in (_ROUND if kind is LineKind.ROUND else _MONEY):
        raise ValueError(f"a {kind} is never {state}")
    undoes, is_round = kind is LineKind.ROLLBACK, kind is LineKind.ROUND
    told_amount = str(row.get("amount") if row.get("amount") is not None else "").strip()
    money = told_amount if undoes or is_round else told_amount or "none"
    transaction = name_of(row.get("transaction_id"), "transaction_id", needed=not is_round)
    return Told(
        number=number, kind=kind, state=state, transaction_id=transaction,
        of=name_of(row.get("original_transaction_id"), "original_transaction_id") if undoes else transaction,
        round_reference=name_of(row.get("round_id"), "round_id", needed=is_round),
        player=name_of(row.get("player_id"), "player_id", needed=is_round),
        game=name_of(row.get("game_code"), "game_code", needed=False),
        amount=amount_of(money) if money else None,
        currency=currency_of(row.get("currency")) if money else "",
        at=moment_of(row.get("at"), zone),
    )  # fmt: skip


def _word(words: Any, value: object, what: str) -> Any:
    try:
        return words(str(value).strip())
    except ValueError:
        raise ValueError(f"{str(value)[:40]!r} is no {what}") from None
