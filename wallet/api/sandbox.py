"""The sandbox's calls for integrators (wallet-api-v1 §7). Where SANDBOX is off they do not exist."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest

from casino.play.selectors.balances import balance_of_player
from casino.play.services.sandbox_players import (
    sandbox_game_get,
    sandbox_player_create,
    sandbox_player_get,
    sandbox_player_launch,
    sandbox_player_state,
)
from casino.play.types import Answer
from common.clock import instant_text
from common.currencies import CURRENCIES
from players.enums import PlayerStatus
from wallet.api import fields
from wallet.api.answers import WalletV1, balance_object
from wallet.api.edge import Asked, WalletCall
from wallet.api.errors import InvalidRequest, NoSuchCall
from wallet.api.record import Seen
from wallet.api.schema import money_schema

STATES = (PlayerStatus.ACTIVE.value, PlayerStatus.BLOCKED.value, PlayerStatus.CLOSED.value)
MAX_CREDIT = 1_000_000_000_000


class SandboxCall(WalletCall):
    """404 everywhere but in a sandbox, before anything else is looked at."""

    def _answered(self, request: HttpRequest, dialect: WalletV1, seen: Seen, path: dict[str, str]) -> Answer:
        if not settings.SANDBOX:
            raise NoSuchCall
        return super()._answered(request, dialect, seen, path)


@money_schema("sandbox-players")
class Players(SandboxCall):
    name = "sandbox-players"

    def answer(self, asked: Asked) -> Answer:
        currency = fields.currency_of(asked.body)
        balance = fields.amount_or_zero(asked.body, "balance", currency)
        if balance > MAX_CREDIT:
            raise InvalidRequest(field="balance", problem="is more than a test player may have")
        country = fields.identifier_or_empty(asked.body, "country") or "MT"
        if not re.fullmatch("[A-Z]{2}", country):
            raise InvalidRequest(field="country", problem="must be two capital letters")
        language = fields.identifier_or_empty(asked.body, "language") or "en"
        if not re.fullmatch("[A-Za-z-]{2,8}", language):
            raise InvalidRequest(field="language", problem="must be a language tag such as en")
        game_code = fields.identifier_or_empty(asked.body, "game_code") or "sandbox-slot"
        sandbox_game_get(game_code=game_code, caller=asked.caller)
        player = sandbox_player_create(
            currency=currency.code,
            balance=balance,
            country=country,
            language=language,
            caller=asked.caller,
            now=asked.now,
        )
        launch = sandbox_player_launch(player=player, game_code=game_code, caller=asked.caller, now=asked.now)
        return asked.dialect.ok(
            {
                "player_id": player.public_id,
                "token": launch.token,
                "currency": player.currency,
                "balance": balance_object(balance_of_player(player_id=player.pk, currency=player.currency)),
            }
        )


@money_schema("sandbox-launch")
class Launch(SandboxCall):
    name = "sandbox-launch"

    def answer(self, asked: Asked) -> Answer:
        launch = sandbox_player_launch(
            player=sandbox_player_get(asked.path["player_id"]),
            game_code=fields.identifier(asked.body, "game_code"),
            caller=asked.caller,
            now=asked.now,
        )
        return asked.dialect.ok({"token": launch.token, "expires_at": instant_text(launch.session.token_expires_at)})


@money_schema("sandbox-state")
class State(SandboxCall):
    name = "sandbox-state"

    def answer(self, asked: Asked) -> Answer:
        player = sandbox_player_get(asked.path["player_id"])
        credit = fields.amount_or_zero(asked.body, "credit", CURRENCIES[player.currency])
        if credit > MAX_CREDIT:
            raise InvalidRequest(field="credit", problem="is more than a test player may be given")
        balance = sandbox_player_state(
            player=player,
            status=fields.choice(asked.body, "status", STATES, ""),
            session_expired=fields.flag(asked.body, "session_expired"),
            credit=credit,
            caller=asked.caller,
            now=asked.now,
        )
        return asked.dialect.ok({"player_id": player.public_id, "balance": balance_object(balance)})
