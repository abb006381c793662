"""Gateways' scheduled work (config/schedule.py). Each may run twice without harm."""

from __future__ import annotations

from typing import Final

from celery import shared_task

from casino.gateways.services.ageing import messages_age
from casino.gateways.services.inquiries import gateways_to_ask, unknown_ask
from casino.gateways.services.messages import message_work
from common.clock import utc_now

AT_ONCE: Final = 200


@shared_task
def work_message(*, message_id: int) -> None:
    """Work off a message that has just come."""
    message_work(message_id=message_id, now=utc_now())


@shared_task
def work_messages() -> None:
    """Work off what is due: what was not sent to a worker, what failed and may be tried again, what workers lost."""
    for _message in range(AT_ONCE):
        if message_work(now=utc_now()) is None:
            break


@shared_task
def ask_unknown() -> None:
    """Have every gateway asked about what is unknown, each by a task of its own: a silent one holds up no other."""
    for gateway in gateways_to_ask(now=utc_now()):
        ask_gateway.apply_async(kwargs={"gateway": gateway}, expires=60)


@shared_task
def ask_gateway(*, gateway: str) -> None:
    """Ask one gateway about what is unknown."""
    unknown_ask(gateway=gateway, now=utc_now())


@shared_task
def age_messages() -> int:
    """Take the content of messages that were kept long enough (docs/gateways.md, Retention)."""
    return messages_age(now=utc_now())
