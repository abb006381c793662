"""A table at which one player plays one game: provider's calls through the services, as the edge makes them."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from casino.games.models import Game
from casino.play.enums import WinKind
from casino.play.services.calls import bet_place, jackpot_pay, rollback_make, win_pay
from casino.play.types import Answer, BetCall, Caller, JackpotCall, RollbackCall, WinCall
from players.models import Player
from tests.factories import NOON, caller_of, game_make, player_make, provider_make, session_make
from wallet.api.answers import WalletV1
from wallet.models import Account

_numbers = itertools.count(1)
DIALECT = WalletV1("test")


@dataclass
class Table:
    """Alice's, unless another player is given. Calls get ids of their own unless one is named."""

    game: Game
    player: Player
    session: str
    now: datetime = NOON
    caller: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.caller = caller_of(self.game.provider)

    def bet(
        self, amount: str, round_id: str = "r1", *, call_id: str = "", contribution: str = "0", free_round: str = "",
        closes: bool = False,
    ) -> Answer:  # fmt: skip
        call = BetCall(
            transaction_id=call_id or new_id(), session_id=self.session, player_id=self.player.public_id,
            game_code=self.game.code, round_id=round_id, amount=Decimal(amount), currency=self.player.currency,
            contribution=Decimal(contribution), free_round_id=free_round, round_closed=closes,
        )  # fmt: skip
        return bet_place(call=call, caller=self.caller, dialect=DIALECT, now=self.now)

    def win(
        self, amount: str, round_id: str = "r1", *, call_id: str = "", bet_id: str = "", kind: WinKind = WinKind.GAME,
        closes: bool = False,
    ) -> Answer:  # fmt: skip
        call = WinCall(
            transaction_id=call_id or new_id(), player_id=self.player.public_id, game_code=self.game.code,
            round_id=round_id, amount=Decimal(amount), currency=self.player.currency, bet_transaction_id=bet_id,
            kind=kind, round_closed=closes,
        )  # fmt: skip
        return win_pay(call=call, caller=self.caller, dialect=DIALECT, now=self.now)

    def rollback(self, original: str, *, call_id: str = "") -> Answer:
        call = RollbackCall(
            transaction_id=call_id or new_id(), original_transaction_id=original, player_id=self.player.public_id
        )
        return rollback_make(call=call, caller=self.caller, dialect=DIALECT, now=self.now)

    def jackpot(
        self, amount: str, round_id: str = "r1", *, code: str = "pool", call_id: str = "", closes: bool = False
    ) -> Answer:
        call = JackpotCall(
            transaction_id=call_id or new_id(), player_id=self.player.public_id, game_code=self.game.code,
            round_id=round_id, jackpot_code=code, amount=Decimal(amount), currency=self.player.currency,
            round_closed=closes,
        )  # fmt: skip
        return jackpot_pay(call=call, caller=self.caller, dialect=DIALECT, now=self.now)

    def balance(self) -> Decimal:
        """The player's real money as it stands in the ledger."""
        return account_balance(self.player, "player_real")

    def owed(self) -> Decimal:
        """What the player owes, as a positive amount."""
        return -account_balance(self.player, "player_receivable")


def table_make(balance: str = "100", *, currency: str = "EUR") -> Table:
    """A house with one game, and Alice at it with `balance`."""
    return seat(game_make(provider_make()), balance=balance, currency=currency)


def seat(game: Game, nickname: str = "Alice", *, balance: str = "100", currency: str = "EUR") -> Table:
    """One more player at a game."""
    player = player_make(nickname, currency=currency, balance=balance)
    return Table(game=game, player=player, session=session_make(player, game))


def account_balance(player: Player, kind: str) -> Decimal:
    """The balance of one of the player's accounts; zero when it was never opened."""
    balance = Account.objects.filter(player=player, kind=kind).values_list("balance", flat=True).first()
    return Decimal(0) if balance is None else balance


def new_id() -> str:
    """A provider's transaction id that was never used."""
    return f"tx-{next(_numbers)}"


def said(answer: Answer) -> dict[str, Any]:
    """The answer's body."""
    body: dict[str, Any] = json.loads(answer.body)
    return body


def code_of(answer: Answer) -> str:
    """The error's code, or `ok`."""
    body = said(answer)
    return "ok" if body["status"] == "ok" else str(body["error"]["code"])
