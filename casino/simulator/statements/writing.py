"""A day's transactions in the formats that providers write."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, Final

from casino.simulator.statements.books import Booked

CSV_HEAD: Final = (
    "kind", "transaction_id", "original_transaction_id", "round_id", "player_id", "game_code", "amount", "currency",
    "state", "at",
)  # fmt: skip
FEED_HEAD: Final = (
    "playerID", "extPlayerID", "gameID", "playSessionID", "timestamp", "referenceID", "type", "amount", "currency"
)  # fmt: skip
FEED_TYPES: Final = {"bet": "B", "win": "W", "jackpot": "J", "rollback": "R"}


def _cells(one: Booked) -> tuple[str, ...]:
    money = one.kind in ("bet", "win", "jackpot")
    return (
        one.kind, one.transaction_id, one.original, one.round_id, one.player, one.game,
        f"{one.amount:f}" if money else "", one.currency if money else "", one.state, one.at.isoformat(),
    )  # fmt: skip


def own_csv(rows: list[Booked]) -> bytes:
    """The casino's own CSV."""
    return _table(CSV_HEAD, [_cells(one) for one in rows])


def own_json(rows: list[Booked]) -> bytes:
    """The same, an object per line."""
    return b"".join(json.dumps(dict(zip(CSV_HEAD, _cells(one), strict=True))).encode() + b"\n" for one in rows)


def hub88(rows: list[Booked]) -> bytes:
    """A page of Hub88's list of transactions: whole numbers of 1/100 000."""
    told: list[dict[str, Any]] = [
        {
            "transaction_uuid": one.transaction_id, "reference_transaction_uuid": one.original or None,
            "user": one.player, "round": one.round_id, "game_code": one.game, "currency": one.currency,
            "amount": int(one.amount * 100_000), "kind": one.kind, "status": "RS_OK", "created_at": one.at.isoformat(),
        }
        for one in rows if one.kind in ("bet", "win", "rollback")
    ]  # fmt: skip
    return json.dumps({"transactions": told, "cursor": None}).encode()


def pragmatic(rows: list[Booked]) -> bytes:
    """The data feed of transactions; a refund carries the reference of its bet."""
    told = [
        ("1", one.player, one.game, one.round_id, f"{one.at:%Y-%m-%d %H:%M:%S}", one.original or one.transaction_id,
         FEED_TYPES[one.kind], f"{one.amount:f}", one.currency)
        for one in rows if one.kind in FEED_TYPES
    ]  # fmt: skip
    return b"timepoint=0\n" + _table(FEED_HEAD, told)


def failed_queue(rows: list[Booked]) -> bytes:
    """What would stand in the queue of failed transactions: every win and every rollback, still to be done."""
    told = [
        {
            "txnId": one.original or one.transaction_id,
            "actionType": "rollback" if one.kind == "rollback" else "credit", "playerId": one.player,
            "roundId": one.round_id, "contentCode": one.game, "amount": f"{one.amount:f}", "currency": one.currency,
            "completed": False, "creationTimeMs": int(one.at.timestamp() * 1000),
        }
        for one in rows if one.kind in ("win", "rollback")
    ]  # fmt: skip
    return json.dumps({"failedTransactions": told}).encode()


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()


FORMATS: Final = {
    "csv": own_csv, "json": own_json, "hub88": hub88, "pragmatic": pragmatic, "failed_queue": failed_queue
}  # fmt: skip
