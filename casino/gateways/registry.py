"""Which gateways there are, and who is told of what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from casino.gateways.errors import GatewayUnknown
from casino.gateways.types import Adapter, News, OpenPayment

NewsHandler = Callable[[str, News, int, datetime], str]
"""Takes the gateway's code, the news, the number of the kept message (0 for an answer of ours) and the moment; acts
exactly once per (gateway, news.key) in a transaction of its own: `casino.gateways.services.news.news_counts` may claim
the fact there, and is False when it was carried out before. Called outside of transactions, so it may ask the gateway
first. Returns in one line what it did, or "" if the news is not its own (then the next handler is asked). Raises
casino.gateways.errors.NewsPuzzling to flag the message for people, anything else to be tried again."""
OpenPayments = Callable[[datetime], Iterable[OpenPayment]]
"""The payments whose outcome is unknown at a moment, of every gateway: the janitor asks about each, ever less often."""

_adapters: dict[str, Adapter] = {}
_handlers: list[NewsHandler] = []
_open: list[OpenPayments] = []


def adapter_register(adapter: Adapter) -> None:
    """Called in GatewaysConfig.ready() for each folder of casino/gateways/adapters."""
    _adapters[adapter.code] = adapter


def adapter_get(code: str) -> Adapter:
    """The adapter of a gateway. Raises GatewayUnknown."""
    try:
        return _adapters[code]
    except KeyError:
        raise GatewayUnknown(gateway=code) from None


def adapter_codes() -> tuple[str, ...]:
    """All gateways that there are adapters for, in order."""
    return tuple(sorted(_adapters))


def news_handler_register(handler: NewsHandler) -> None:
    """The cashier names itself here: gateways do not know what is above them."""
    if handler not in _handlers:
        _handlers.append(handler)


def news_handlers() -> tuple[NewsHandler, ...]:
    """Who is told, in order."""
    return tuple(_handlers)


def open_payments_register(source: OpenPayments) -> None:
    """Whoever makes payments names itself here, in its AppConfig.ready()."""
    if source not in _open:
        _open.append(source)


def open_payments(now: datetime) -> tuple[OpenPayment, ...]:
    """Every payment whose outcome is unknown."""
    return tuple(payment for source in _open for payment in source(now))
