"""Two shops that carry cards, a player who pays, and gateways' words about it.

The shops stand where a vendor's adapter does: they say what the test has them say, and remember what they were sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import IO, Any, Final

from casino.cashier.models import Deposit
from casino.cashier.services.deposit_begin import deposit_begin
from casino.cashier.services.margins import margin_set
from casino.cashier.services.news import deposit_news
from casino.gateways import registry
from casino.gateways.enums import InstrumentKind, NewsKind, Standing, Verdict
from casino.gateways.types import (
    Answer,
    Credentials,
    Instrument,
    News,
    Order,
    RawMessage,
    Reply,
    SettlementLine,
)
from players.models import Player
from tests.factories import NOON, rate_make
from tests.routing.cast import route_make, terms_make

LATER: Final = NOON + timedelta(minutes=1)
VISA: Final = Instrument(
    kind=InstrumentKind.CARD, token="tok_1", fingerprint="fp_1", scheme="visa", last_four="1111",
    owner_name="Alice Smith",
)  # fmt: skip
_numbers = count(1)


class Shop:
    """A gateway's adapter whose words are the test's."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.reply = Reply(standing=Standing.PENDING, reference=f"{code}-1")
        self.refund = Reply(standing=Standing.PENDING, reference=f"{code}-refund")
        self.facts: list[News] = []
        self.orders: list[Order] = []

    def deposit_begin(self, order: Order, _credentials: Credentials) -> Reply:
        self.orders.append(order)
        return self.reply

    def payout_send(self, order: Order, _credentials: Credentials) -> Reply:
        self.orders.append(order)
        return self.reply

    def refund_send(self, order: Order, _credentials: Credentials) -> Reply:
        self.orders.append(order)
        return self.refund

    def ask(self, _order: Order, _reference: str, _credentials: Credentials) -> Sequence[News]:
        return list(self.facts)

    def verdict_of(self, _message: RawMessage, _credentials: Credentials) -> Verdict:
        return Verdict.VALID

    def news_of(self, _message: RawMessage) -> Sequence[News]:
        return []

    def answer_to(self, _message: RawMessage, _verdict: Verdict, _credentials: Credentials) -> Answer:
        return Answer(status=200, body=b"ok")

    def settlement_lines(self, _file: IO[bytes]) -> Iterable[SettlementLine]:
        return []

    def settlement_names(self, _credentials: Credentials) -> Sequence[str]:
        return []

    def settlement_fetch(self, _name: str, _credentials: Credentials) -> bytes | None:
        return None


@contextmanager
def shops(settings: Any) -> Iterator[dict[str, Shop]]:
    """`north` and `south`, with an address that nobody calls."""
    before = dict(registry._adapters)
    made = {code: Shop(code) for code in ("north", "south")}
    known = {"url": "http://127.0.0.1:9", "secrets": {}, "timeout_ms": 100}
    settings.GATEWAYS = settings.GATEWAYS | dict.fromkeys(made, known)
    for shop in made.values():
        registry.adapter_register(shop)
    try:
        yield made
    finally:
        registry._adapters.clear()
        registry._adapters.update(before)


def cards_offered(**changes: Any) -> None:
    """Cards in EUR by north, then by south."""
    terms_make(**changes)
    route_make("north", place=1)
    route_make("south", place=2)


def dollars_offered(player: Player, percent: str = "1") -> None:
    """Cards in USD too, at 1.08 USD for a euro, with a margin."""
    terms_make(currency="USD")
    rate_make("USD", "1.08")
    margin_set(
        brand_id=player.brand_id, source="USD", target=player.currency, percent=Decimal(percent), valid_from=NOON,
        approval="", actor="system:tests", now=NOON,
    )  # fmt: skip


def begun(player: Player, amount: str = "100", key: str = "", *, now: datetime = NOON, **changes: Any) -> Deposit:
    """The player presses Pay."""
    return deposit_begin(
        player_id=player.pk, method="card", amount=Decimal(amount), client_key=key or f"key-{next(_numbers)}",
        actor=f"player:{player.pk}", now=now, **changes,
    )  # fmt: skip


def news_of(deposit: Deposit, kind: NewsKind, **changes: Any) -> News:
    """A fact about a deposit at the gateway that it is with, told whole and for the first time."""
    told = {
        "kind": kind, "key": f"fact-{next(_numbers)}", "reference": deposit.reference,
        "gateway_reference": deposit.gateway_reference, "amount": deposit.amount, "currency": deposit.currency,
    }  # fmt: skip
    return News(**{**told, **changes})


def told(deposit: Deposit, kind: NewsKind, *, now: datetime = LATER, gateway: str = "", **changes: Any) -> str:
    """The gateway tells it; returns what was done, with the deposit as it stands after."""
    done = deposit_news(gateway or deposit.gateway, news_of(deposit, kind, **changes), 0, now)
    deposit.refresh_from_db()
    return done


def credited(player: Player, amount: str = "100", **changes: Any) -> Deposit:
    """A deposit that went through."""
    deposit = begun(player, amount, **changes)
    told(deposit, NewsKind.DEPOSIT_CONFIRMED, instrument=VISA)
    return deposit
