"""The calls that ask: session, balance, the state of a transaction, and whether anybody is there."""

from __future__ import annotations

import json

from casino.play.selectors.balances import balance_read
from casino.play.selectors.provider_transactions import provider_transaction
from casino.play.services.sessions import session_authenticate
from casino.play.types import Answer
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import amount_text
from wallet.api import fields
from wallet.api.answers import balance_object
from wallet.api.edge import Asked, WalletCall
from wallet.api.schema import money_schema


@money_schema("auth")
class Auth(WalletCall):
    name = "auth"

    def answer(self, asked: Asked) -> Answer:
        session = session_authenticate(
            token=fields.identifier(asked.body, "token"),
            game_code=fields.identifier_or_empty(asked.body, "game_code"),
            caller=asked.caller,
            now=asked.now,
        )
        return asked.dialect.ok(
            {
                "balance": balance_object(session.balance),
                "player_id": session.player_id,
                "session_id": session.session_id,
                "currency": session.balance.currency,
                "country": session.country,
                "language": session.language,
                "jurisdiction": session.jurisdiction,
                "expires_at": instant_text(session.expires_at),
                "mode": session.mode,
            }
        )


@money_schema("balance")
class PlayerBalance(WalletCall):
    name = "balance"

    def answer(self, asked: Asked) -> Answer:
        currency = fields.currency_or_none(asked.body)
        balance = balance_read(
            player=fields.identifier(asked.body, "player_id"),
            session=fields.identifier_or_empty(asked.body, "session_id"),
            currency=currency.code if currency else "",
            caller=asked.caller,
        )
        return asked.dialect.ok({"balance": balance_object(balance)})


@money_schema("transactions")
class TransactionState(WalletCall):
    name = "transactions"
    method = "GET"

    def answer(self, asked: Asked) -> Answer:
        known = provider_transaction(transaction_id=asked.path["transaction_id"], caller=asked.caller)
        amount = None
        if known.amount is not None and known.currency:
            amount = amount_text(known.amount, CURRENCIES[known.currency])
        return asked.dialect.ok(
            {
                "transaction_id": asked.path["transaction_id"],
                "type": known.call or None,
                "state": known.state,
                "amount": amount,
                "currency": known.currency or None,
                "round_id": known.round_reference or None,
                "processed_at": instant_text(known.recorded_at),
                "response": json.loads(known.body),
                "balance": balance_object(known.balance) if known.balance else None,
            }
        )


@money_schema("ping")
class Ping(WalletCall):
    name = "ping"
    method = "GET"
    signed = False
    kept = False

    def answer(self, asked: Asked) -> Answer:
        return asked.dialect.ok({"server_time": int(asked.now.timestamp())})


class NoSuchCall(WalletCall):
    """Everything else below the base path, whatever the method."""

    name = "unknown"
    method = ""
    signed = False
    schema = None
