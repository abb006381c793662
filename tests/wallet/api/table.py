"""A test player at a table: the calls that a provider makes for her, with ids of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.wire import Reply, Wire

Fields = dict[str, Any]


def fresh(kind: str) -> str:
    """An id that no call had before."""
    return f"{kind}-{uuid4().hex[:20]}"


@dataclass(frozen=True)
class Table:
    """One player in one session of one game. Every answer is held against the contract's document."""

    wire: Wire
    player_id: str
    session_id: str
    currency: str
    game: str

    def call(self, name: str, fields: Fields) -> Reply:
        return keeps_contract(name, self.wire.post(name, fields))

    def bet_fields(self, amount: str = "10.00", **changes: Any) -> Fields:
        """A bet; a change to None leaves the field out."""
        fields = {
            "transaction_id": fresh("b"), "session_id": self.session_id, "player_id": self.player_id,
            "game_code": self.game, "round_id": fresh("r"), "amount": amount, "currency": self.currency,
        }  # fmt: skip
        return _changed(fields, changes)

    def win_fields(self, bet: Fields, amount: str = "25.00", **changes: Any) -> Fields:
        """A win in the round of `bet`."""
        fields = {
            "transaction_id": fresh("w"), "player_id": self.player_id, "game_code": bet["game_code"],
            "round_id": bet["round_id"], "amount": amount, "currency": self.currency,
        }  # fmt: skip
        return _changed(fields, changes)

    def rollback_fields(self, original: Fields | str, **changes: Any) -> Fields:
        """The reversal of a call, or of an id that may never have come."""
        name = original if isinstance(original, str) else original["transaction_id"]
        fields = {"transaction_id": fresh("x"), "original_transaction_id": name, "player_id": self.player_id}
        return _changed(fields, changes)

    def bet(self, amount: str = "10.00", **changes: Any) -> tuple[Fields, Reply]:
        fields = self.bet_fields(amount, **changes)
        return fields, self.call("bet", fields)

    def placed(self, amount: str = "10.00", **changes: Any) -> Fields:
        """A bet that was accepted."""
        fields, reply = self.bet(amount, **changes)
        assert reply.outcome == (200, "ok"), reply.body
        return fields

    def win(self, bet: Fields, amount: str = "25.00", **changes: Any) -> Reply:
        return self.call("win", self.win_fields(bet, amount, **changes))

    def rollback(self, original: Fields | str, **changes: Any) -> Reply:
        return self.call("rollback", self.rollback_fields(original, **changes))

    def end_round(self, bet: Fields) -> Reply:
        fields = {"player_id": self.player_id, "game_code": bet["game_code"], "round_id": bet["round_id"]}
        return self.call("end-round", fields)

    def state(self, **fields: Any) -> Reply:
        """Block, unblock, expire, add credits (sandbox)."""
        reply = self.wire.post(f"sandbox/players/{self.player_id}/state", fields)
        assert keeps_contract("sandbox-state", reply).outcome == (200, "ok"), reply.body
        return reply

    @property
    def real(self) -> str:
        """What the wallet says that she has."""
        reply = self.call("balance", {"player_id": self.player_id})
        assert reply.outcome == (200, "ok"), reply.body
        return reply.real

    def launched(self, game: str = "sandbox-slot") -> str:
        """Another launch token."""
        reply = self.wire.post(f"sandbox/players/{self.player_id}/launch", {"game_code": game})
        assert keeps_contract("sandbox-launch", reply).outcome == (200, "ok"), reply.body
        return str(reply.json["token"])


def _changed(fields: Fields, changes: Fields) -> Fields:
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def new_player(wire: Wire, *, balance: str, currency: str = "EUR", game: str = "sandbox-slot", **more: str) -> Fields:
    """A fresh test player with an unused launch token, as the sandbox answers it."""
    fields = {"currency": currency, "balance": balance, "game_code": game, **more}
    reply = keeps_contract("sandbox-players", wire.post("sandbox/players", fields))
    assert reply.outcome == (200, "ok"), reply.body
    return reply.json


def seated(wire: Wire, *, balance: str = "100.00", currency: str = "EUR", game: str = "sandbox-slot") -> Table:
    """A fresh test player whose token was exchanged for a session."""
    player = new_player(wire, balance=balance, currency=currency, game=game)
    session = keeps_contract("auth", wire.post("auth", {"token": player["token"]}))
    assert session.outcome == (200, "ok"), session.body
    return Table(wire, player["player_id"], session.json["session_id"], currency, game)
