"""What a kept message says, told fact by fact to those who act on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog

from casino.gateways.enums import NewsKind, Outcome
from casino.gateways.errors import GatewayUnknown, NewsPuzzling
from casino.gateways.models import GatewayMessage
from casino.gateways.registry import adapter_get
from casino.gateways.services.news import news_tell
from casino.gateways.types import News, RawMessage

log = structlog.get_logger()
# One message may tell several facts: what is worst for one of them becomes of the message.
_WORST = (Outcome.WAITING, Outcome.QUARANTINED, Outcome.UNKNOWN, Outcome.APPLIED)


def message_tell(*, message: GatewayMessage, now: datetime) -> tuple[Outcome, str]:
    """What becomes of a message, and a line about it; WAITING where it is to be tried again.

    Every fact is told, whatever becomes of the others: the ones that count already are skipped at the next try.
    """
    try:
        facts = _facts(message)
    except (ValueError, RecursionError) as problem:
        return Outcome.PUZZLING, f"not understood: {problem}"
    except GatewayUnknown:
        return Outcome.WAITING, "there is no adapter for this gateway"
    except Exception as problem:  # an adapter that breaks is put right, and the message is tried again
        log.exception("gateways:message:unreadable", message=message.pk, gateway=message.gateway)
        return Outcome.WAITING, f"the adapter failed: {type(problem).__name__}"
    if not facts:
        return Outcome.APPLIED, "tells nothing"
    results = [_told(message, news, now) for news in facts]
    outcome = min((found for found, _line in results), key=_WORST.index)
    lines = [line for found, line in sorted(results, key=lambda result: _WORST.index(result[0])) if line]
    return outcome, "; ".join(dict.fromkeys(lines))


def _facts(message: GatewayMessage) -> Sequence[News]:
    raw = RawMessage(
        gateway=message.gateway, method=message.method, headers=message.headers, query=message.query,
        body=bytes(message.raw),
    )  # fmt: skip
    return adapter_get(message.gateway).news_of(raw)


def _told(message: GatewayMessage, news: News, now: datetime) -> tuple[Outcome, str]:
    kind = "" if news.kind is NewsKind.UNKNOWN else news.kind.value
    about = f"{kind} {news.reference or news.gateway_reference}".strip() or "a fact"
    try:
        done = news_tell(gateway=message.gateway, news=news, message_id=message.pk, now=now)
    except NewsPuzzling as puzzle:
        return Outcome.QUARANTINED, f"{about}: {puzzle}"
    except Exception as problem:  # the database is busy, the gateway was asked in vain, a bug: tried again
        log.exception("gateways:news:failed", message=message.pk, gateway=message.gateway, kind=news.kind.value)
        return Outcome.WAITING, f"{about}: {type(problem).__name__}"
    if done:
        return Outcome.APPLIED, f"{about}: {done}"
    if news.kind is NewsKind.UNKNOWN:
        return Outcome.UNKNOWN, f"{about}: we do not know {news.code or news.text or 'this word'}"
    return Outcome.UNKNOWN, f"{about}: nothing of ours is meant"
