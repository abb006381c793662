"""The four calls that move money, and the one that closes a round."""

from __future__ import annotations

from casino.play.enums import WinKind
from casino.play.errors import InvalidAmount
from casino.play.services.calls import bet_place, jackpot_pay, rollback_make, win_pay
from casino.play.services.rounds import round_end
from casino.play.types import Answer, BetCall, JackpotCall, RollbackCall, WinCall
from common.clock import instant_text
from common.money import ZERO
from wallet.api import fields
from wallet.api.answers import balance_object
from wallet.api.edge import Asked, WalletCall
from wallet.api.errors import InvalidRequest
from wallet.api.schema import money_schema


@money_schema("bet")
class Bet(WalletCall):
    name = "bet"

    def answer(self, asked: Asked) -> Answer:
        currency = fields.currency_of(asked.body)
        call = BetCall(
            transaction_id=fields.identifier(asked.body, "transaction_id"),
            session_id=fields.identifier(asked.body, "session_id"),
            player_id=fields.identifier(asked.body, "player_id"),
            game_code=fields.identifier(asked.body, "game_code"),
            round_id=fields.identifier(asked.body, "round_id"),
            amount=fields.amount_of(asked.body, "amount", currency),
            currency=currency.code,
            contribution=fields.amount_or_zero(asked.body, "jackpot_contribution", currency),
            free_round_id=fields.identifier_or_empty(asked.body, "free_round_id"),
            round_closed=fields.flag(asked.body, "round_closed"),
            occurred_at=fields.instant_or_none(asked.body, "occurred_at"),
        )
        if call.contribution > call.amount:
            raise InvalidAmount(field="jackpot_contribution", problem="is more than the stake")
        return bet_place(call=call, caller=asked.caller, dialect=asked.dialect, now=asked.now)


@money_schema("win")
class Win(WalletCall):
    name = "win"

    def answer(self, asked: Asked) -> Answer:
        currency = fields.currency_of(asked.body)
        kinds = tuple(kind.value for kind in WinKind)
        call = WinCall(
            transaction_id=fields.identifier(asked.body, "transaction_id"),
            player_id=fields.identifier(asked.body, "player_id"),
            game_code=fields.identifier(asked.body, "game_code"),
            round_id=fields.identifier(asked.body, "round_id"),
            amount=fields.amount_of(asked.body, "amount", currency),
            currency=currency.code,
            session_id=fields.identifier_or_empty(asked.body, "session_id"),
            bet_transaction_id=fields.identifier_or_empty(asked.body, "bet_transaction_id"),
            kind=WinKind(fields.choice(asked.body, "kind", kinds, WinKind.GAME.value)),
            round_closed=fields.flag(asked.body, "round_closed"),
            occurred_at=fields.instant_or_none(asked.body, "occurred_at"),
        )
        return win_pay(call=call, caller=asked.caller, dialect=asked.dialect, now=asked.now)


@money_schema("rollback")
class Rollback(WalletCall):
    name = "rollback"

    def answer(self, asked: Asked) -> Answer:
        call = RollbackCall(
            transaction_id=fields.identifier(asked.body, "transaction_id"),
            original_transaction_id=fields.identifier(asked.body, "original_transaction_id"),
            player_id=fields.identifier(asked.body, "player_id"),
            round_id=fields.identifier_or_empty(asked.body, "round_id"),
            game_code=fields.identifier_or_empty(asked.body, "game_code"),
            reason=fields.text_or_empty(asked.body, "reason"),
        )
        if call.transaction_id == call.original_transaction_id:
            raise InvalidRequest(field="transaction_id", problem="must differ from original_transaction_id")
        return rollback_make(call=call, caller=asked.caller, dialect=asked.dialect, now=asked.now)


@money_schema("jackpot")
class Jackpot(WalletCall):
    name = "jackpot"

    def answer(self, asked: Asked) -> Answer:
        currency = fields.currency_of(asked.body)
        call = JackpotCall(
            transaction_id=fields.identifier(asked.body, "transaction_id"),
            player_id=fields.identifier(asked.body, "player_id"),
            game_code=fields.identifier(asked.body, "game_code"),
            round_id=fields.identifier(asked.body, "round_id"),
            jackpot_code=fields.identifier(asked.body, "jackpot_code"),
            amount=fields.amount_of(asked.body, "amount", currency),
            currency=currency.code,
            round_closed=fields.flag(asked.body, "round_closed"),
        )
        if call.amount == ZERO:
            raise InvalidAmount(field="amount", problem="is zero")
        return jackpot_pay(call=call, caller=asked.caller, dialect=asked.dialect, now=asked.now)


@money_schema("end-round")
class EndRound(WalletCall):
    name = "end-round"

    def answer(self, asked: Asked) -> Answer:
        ended = round_end(
            player=fields.identifier(asked.body, "player_id"),
            game_code=fields.identifier(asked.body, "game_code"),
            reference=fields.identifier(asked.body, "round_id"),
            caller=asked.caller,
            now=asked.now,
        )
        return asked.dialect.ok(
            {
                "balance": balance_object(ended.balance),
                "round_id": ended.reference,
                "closed_at": instant_text(ended.closed_at),
            }
        )
