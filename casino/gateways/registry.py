"""Which gateways there are, and who is told of what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from casino.gateways.errors import GatewayUnknown
from casino.gateways.types import Adapter, News

NewsHandler = Callable[[str, News, int, datetime], str]
"""Takes the gateway's code, the news, the number of the kept message (0 for an answer of ours) and the moment; acts
exactly once per (gateway, news.key) in a transaction of its own; returns in one line what it did. Raises
casino.gateways.errors.NewsPuzzling to flag the message for people, anything else to be tried again."""

_adapters: dict[str, Adapter] = {}
_handlers: list[NewsHandler] = []


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
