"""Facts that gateways tell: each counts once, whatever number of messages and answers tell it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from django.db import connection

from casino.gateways.enums import NewsKind
from casino.gateways.models import GatewayNews
from casino.gateways.registry import news_handlers
from casino.gateways.types import News
from common.errors import BrokenPromise

LONGEST: Final = 200
TOLD_BEFORE: Final = "counted already"
_INSERT: Final = """
    INSERT INTO gateways_gatewaynews (gateway, key, kind, reference, gateway_reference, amount, currency, message_id,
        note, counted_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (gateway, key) DO NOTHING
"""


def news_counts(*, gateway: str, news: News, message_id: int, note: str, now: datetime) -> bool:
    """Claim a fact in the caller's transaction, which carries it out; False if it was carried out before.

    A second one that comes at the same time waits until the first has ended. `message_id` is 0 for an answer to a
    question of ours. Raises BrokenPromise outside of a transaction: the claim would stand without its effect.
    """
    if not connection.in_atomic_block:
        raise BrokenPromise("a fact is claimed in the transaction that carries it out")
    return _insert(gateway, news, message_id, note, now)


def news_tell(*, gateway: str, news: News, message_id: int, now: datetime) -> str:
    """Tell a fact to those who registered for it, until one takes it; what that one did, empty if nobody did.

    Raises NewsPuzzling for people to look at, and whatever a handler raises, to be tried again. Must be called
    outside of transactions: handlers open their own, and may ask the gateway before.
    """
    if news.kind is NewsKind.NOTED:
        return "changes nothing"
    if news.kind is not NewsKind.UNKNOWN and GatewayNews.objects.filter(gateway=gateway, key=key_of(news)).exists():
        return TOLD_BEFORE
    for handler in news_handlers():
        if done := handler(gateway, news, message_id, now):
            if news.kind is not NewsKind.UNKNOWN:
                _insert(gateway, news, message_id, done, now)
            return done
    return ""


def key_of(news: News) -> str:
    """The fact's key, short enough to keep."""
    if len(news.key) <= LONGEST:
        return news.key
    return f"{news.key[:100]}…{hashlib.sha256(news.key.encode()).hexdigest()}"


def _insert(gateway: str, news: News, message_id: int, note: str, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [
            gateway, key_of(news), news.kind.value, news.reference[:80], news.gateway_reference[:120], news.amount,
            news.currency[:10], message_id or None, note[:300], now,
        ])  # fmt: skip
        return bool(cursor.rowcount)
