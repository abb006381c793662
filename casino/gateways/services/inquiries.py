"""The janitor: asks gateways about every payment whose outcome is unknown, ever less often, until it is known."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import connection

from casino.gateways.calls import gateway_ask
from casino.gateways.errors import GatewayNotConfigured, GatewayUnknown, NewsPuzzling
from casino.gateways.models import GatewayInquiry
from casino.gateways.registry import open_payments
from casino.gateways.services.news import news_tell
from casino.gateways.types import OpenPayment

FIRST: Final = timedelta(seconds=20)  # a message usually comes before
SILENT: Final = 3  # so many questions in a row without an answer, and the gateway is left alone until the next run
# One statement claims the turn: the row is made or moved on only by whoever is first to ask.
_CLAIM: Final = """
    INSERT INTO gateways_gatewayinquiry AS i (gateway, reference, asked, first_at, last_at, next_at, note)
    VALUES (%(gateway)s, %(reference)s, 1, %(now)s, %(now)s, %(now)s + interval '30 seconds', '')
    ON CONFLICT (gateway, reference) DO UPDATE SET asked = i.asked + 1, last_at = %(now)s,
        next_at = %(now)s + least(interval '30 seconds' * power(2, least(i.asked, 10)), interval '1 hour')
    WHERE i.next_at <= %(now)s
    RETURNING asked
"""
log = structlog.get_logger()


def gateways_to_ask(*, now: datetime) -> tuple[str, ...]:
    """The gateways with payments whose outcome is unknown for long enough to ask."""
    return tuple(sorted({payment.gateway for payment in open_payments(now) if payment.since + FIRST <= now}))


def unknown_ask(*, gateway: str, now: datetime, most: int = 200) -> int:
    """Ask one gateway about what is open and due, the oldest first; returns how many it was asked about.

    Questions go out outside any transaction; what comes back goes the way of every message's facts. A gateway that is
    silent is left alone after a few questions: the next run goes on, and each payment's own pause grows to an hour.
    """
    waiting = [one for one in open_payments(now) if one.gateway == gateway and one.since + FIRST <= now]
    paused = set(GatewayInquiry.objects.filter(gateway=gateway, next_at__gt=now).values_list("reference", flat=True))
    due = sorted((one for one in waiting if one.reference not in paused), key=lambda one: one.since)[:most]
    asked = silent = 0
    for payment in due:
        if silent >= SILENT:
            break
        if not _claimed(payment, now):
            continue
        asked += 1
        answered = _asked(payment, now)
        silent = 0 if answered else silent + 1
    return asked


def _claimed(payment: OpenPayment, now: datetime) -> bool:
    values: dict[str, str | datetime] = {"gateway": payment.gateway, "reference": payment.reference, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        return cursor.fetchone() is not None


def _asked(payment: OpenPayment, now: datetime) -> bool:
    """Ask about one payment and tell what came back; whether the gateway answered at all."""
    try:
        facts = gateway_ask(
            gateway=payment.gateway, order=payment.order(), gateway_reference=payment.gateway_reference, now=now
        )
    except (GatewayUnknown, GatewayNotConfigured) as refusal:
        _note(payment, refusal.message)
        return False
    except Exception as problem:  # an order that can not be made keeps nobody from asking about the others
        log.exception("gateways:inquiry:not_asked", gateway=payment.gateway, reference=payment.reference)
        _note(payment, f"not asked: {type(problem).__name__}")
        return True
    lines: list[str] = []
    for news in facts:
        try:
            lines.append(news_tell(gateway=payment.gateway, news=news, message_id=0, now=now) or "changes nothing")
        except NewsPuzzling as puzzle:
            lines.append(f"contradicts our records: {puzzle}")
        except Exception as problem:  # told again at the next question
            log.exception("gateways:inquiry:failed", gateway=payment.gateway, reference=payment.reference)
            lines.append(f"failed: {type(problem).__name__}")
    _note(payment, "; ".join(dict.fromkeys(lines)) or "no answer")
    return bool(facts)


def _note(payment: OpenPayment, note: str) -> None:
    GatewayInquiry.objects.filter(gateway=payment.gateway, reference=payment.reference).update(note=note[:300])
