"""The calls that ask: session, balance, the state of a transaction, and whether anybody is there."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from casino.play.selectors.balances import balance_read
from casino.play.selectors.provider_transactions import provider_transaction
from casino.play.services.sessions import session_authenticate
from casino.play.types import Answer, Caller
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import amount_text
from wallet.api import fields
from wallet.api.answers import WalletV1, balance_object
from wallet.api.edge import WalletCall
from wallet.api.schema import money_schema


@money_schema("auth")
class Auth(WalletCall):
    name = "auth"

    def answer(
        self, *, body: dict[str, Any], caller: Caller, dialect: WalletV1, now: datetime, path: dict[str, str]
    ) -> Answer:
        session = session_authenticate(
            token=fields.identifier(body, "token"),
            game_code=fields.identifier_or_empty(body, "game_code"),
            caller=caller,
            now=now,
        )
        return dialect.ok(
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

    def answer(
        self, *, body: dict[str, Any], caller: Caller, dialect: WalletV1, now: datetime, path: dict[str, str]
    ) -> Answer:
        currency = fields.currency_or_none(body)
        balance = balance_read(
            player=fields.identifier(body, "player_id"),
            session=fields.identifier_or_empty(body, "session_id"),
            currency=currency.code if currency else "",
            caller=caller,
        )
        return dialect.ok({"balance": balance_object(balance)})


@money_schema("transactions")
class TransactionState(WalletCall):
    name = "transactions"
    method = "GET"

    def answer(
        self, *, body: dict[str, Any], caller: Caller, dialect: WalletV1, now: datetime, path: dict[str, str]
    ) -> Answer:
        known = provider_transaction(transaction_id=path["transaction_id"], caller=caller)
        amount = None
        if known.amount is not None and known.currency:
            amount = amount_text(known.amount, CURRENCIES[known.currency])
        return dialect.ok(
            {
                "transaction_id": path["transaction_id"],
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

    def answer(
        self, *, body: dict[str, Any], caller: Caller, dialect: WalletV1, now: datetime, path: dict[str, str]
    ) -> Answer:
        return dialect.ok({"server_time": int(now.timestamp())})


class NoSuchCall(WalletCall):
    """Everything else below the base path."""

    name = "unknown"
    signed = False
    schema = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.method = request.method
        return super().dispatch(request, *args, **kwargs)
