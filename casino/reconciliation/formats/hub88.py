"""Hub88's list of gameplay transactions (`POST /operator/generic/v2/transactions/list`), page after page.

Amounts are whole numbers of 1/100 000. The names of a transaction's own fields are those of its wallet calls:
`transaction_uuid`, `reference_transaction_uuid`, `user`, `round`, `round_closed`, `game_code`, `currency`, `amount`,
`is_free`; a list names the sort of a transaction `kind` and its moment `created_at`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from casino.reconciliation.enums import LineKind, LineState
from casino.reconciliation.formats.fields import Row, amount_of, currency_of, moment_of, name_of, objects
from casino.reconciliation.types import Bad, Told

SCALE: Final = 5
KINDS: Final = {"bet": LineKind.BET, "win": LineKind.WIN, "rollback": LineKind.ROLLBACK}
STATES: Final = {"RS_OK": LineState.BOOKED, "OK": LineState.BOOKED, "ROLLED_BACK": LineState.ROLLED_BACK}


def lines(stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | Bad]:
    """The lines. Raises StatementUnreadable."""

    def read(number: int, row: Row) -> Told | None:
        kind = KINDS.get(str(row.get("kind", "")).lower())
        if kind is None:
            raise ValueError(f"{str(row.get('kind'))[:40]!r} is no kind")
        if row.get("is_free") is True and kind is LineKind.BET:
            return None  # recorded by us without money (protocols.md §3.1): there is nothing to compare
        state = STATES.get(str(row.get("status") or "OK").upper())
        if state is None:
            return None  # refused by us as they say: no money on either side
        undoes = kind is LineKind.ROLLBACK
        own = name_of(row.get("transaction_uuid"), "transaction_uuid")
        amount = row.get("amount")
        if not undoes and (isinstance(amount, bool) or not isinstance(amount, int)):
            raise ValueError("amount is no whole number")
        return Told(
            number=number, kind=kind, state=state, transaction_id=own,
            of=name_of(row.get("reference_transaction_uuid"), "reference_transaction_uuid") if undoes else own,
            round_reference=name_of(row.get("round"), "round", needed=False),
            player=name_of(row.get("user"), "user", needed=False),
            game=name_of(row.get("game_code"), "game_code", needed=False),
            amount=None if undoes else amount_of(amount, scale=SCALE),
            currency="" if undoes else currency_of(row.get("currency")),
            at=moment_of(row.get("created_at"), zone),
        )  # fmt: skip

    return objects(stream, ("transactions", "items", "data"), read)
