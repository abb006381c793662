"""A provider whose network loses answers, speaking to the real API in this process: signed calls, bytes in and out."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from casino.calls.services import upkeep
from casino.calls.services.calls import spool_writer
from casino.games.models import Game
from casino.play.enums import SessionMode
from casino.play.models import Round
from casino.play.services.sessions import session_launch
from common.clock import utc_now
from players.models import Player
from tests.factories import SECRET, game_make, player_make, provider_make
from tests.wallet.api.wire import BASE, signature

Fields = dict[str, Any]


@dataclass
class Chaos:
    """Alice at a game of the provider, and every call that it makes for her."""

    game: Game = field(default_factory=lambda: game_make(provider_make()))
    player: Player = field(default_factory=lambda: player_make("Alice", is_test=True))
    agent: str = "provider-client/2.1"
    secret: str = SECRET
    session: str = field(init=False)

    def __post_init__(self) -> None:
        launch = session_launch(player=self.player, game=self.game, mode=SessionMode.REAL, now=utc_now())
        self.session = json.loads(self.call("auth", token=launch.token).content)["session_id"]

    def call(self, name: str, **fields: Any) -> HttpResponse:
        """Sign and send one call."""
        return self.bytes(name, json.dumps({key: value for key, value in fields.items() if value is not None}).encode())

    def bytes(self, name: str, body: bytes) -> HttpResponse:
        """Sign and send any body."""
        stamp = str(int(time.time()))
        headers = {
            "HTTP_X_PROVIDER": self.game.provider.code, "HTTP_X_KEY_ID": "k1", "HTTP_X_TIMESTAMP": stamp,
            "HTTP_X_SIGNATURE": signature(self.secret, stamp, "POST", BASE + name, body),
            "HTTP_USER_AGENT": self.agent,
        }  # fmt: skip
        answer = Client().generic("POST", BASE + name, body, content_type="application/json", **headers)  # type: ignore[arg-type]
        assert isinstance(answer, HttpResponse)
        return answer

    def bet_fields(self, amount: str, round_id: str, call_id: str = "") -> Fields:
        return {
            "transaction_id": call_id or f"b-{uuid4().hex[:12]}", "session_id": self.session,
            "player_id": self.player.public_id, "game_code": self.game.code, "round_id": round_id, "amount": amount,
            "currency": self.player.currency,
        }  # fmt: skip

    def bet(self, amount: str = "10.00", round_id: str = "r-1", call_id: str = "") -> Fields:
        """A bet that is accepted."""
        fields = self.bet_fields(amount, round_id, call_id)
        answer = self.call("bet", **fields)
        assert answer.status_code == 200, answer.content
        return fields

    def win(self, amount: str = "25.00", round_id: str = "r-1", call_id: str = "", **more: Any) -> HttpResponse:
        return self.call(
            "win", transaction_id=call_id or f"w-{uuid4().hex[:12]}", player_id=self.player.public_id,
            game_code=self.game.code, round_id=round_id, amount=amount, currency=self.player.currency, **more,
        )  # fmt: skip

    def rollback(self, original: str, **more: Any) -> HttpResponse:
        return self.call(
            "rollback", transaction_id=f"x-{uuid4().hex[:12]}", original_transaction_id=original,
            player_id=self.player.public_id, **more,
        )  # fmt: skip

    def end_round(self, round_id: str = "r-1") -> HttpResponse:
        return self.call(
            "end-round", player_id=self.player.public_id, game_code=self.game.code, round_id=round_id
        )  # fmt: skip

    def round(self, reference: str = "r-1") -> Round:
        """The round with all its calls in the log."""
        self.ship()
        return Round.objects.select_related("player", "provider", "game", "session").get(
            provider=self.game.provider, player=self.player, reference=reference
        )

    def ship(self) -> None:
        """Bring the spooled calls into the database."""
        spool_writer.rotate()
        upkeep.call_log_ship(now=utc_now())


def disputed(chaos: Chaos) -> Round:
    """A round with a lost answer, a win before its bet, a conflict, a rollback of nothing, and a win of 25.00."""
    chaos.win("5.00", "r-1", "early-win")
    bet = chaos.bet("10.00", "r-1", "bet-1")
    chaos.call("bet", **bet)
    chaos.call("bet", **(bet | {"amount": "11.00"}))
    chaos.bet("2.00", "r-1", "bet-2")
    assert chaos.rollback("bet-2").status_code == 200
    assert chaos.rollback("never-came", round_id="r-1").status_code in (200, 400)
    chaos.call("bet", **chaos.bet_fields("1000000", "r-1", "too-much"))
    assert chaos.win("25.00", "r-1", "win-1").status_code == 200
    assert chaos.end_round().status_code == 200
    made = chaos.round()
    assert made.won == Decimal(25)
    return made
