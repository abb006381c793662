"""The cashier's scheduled work (config/schedule.py). Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from casino.cashier.services.expiry import deposits_expire
from casino.cashier.services.sending import refunds_send
from common.clock import utc_now


@shared_task
def send_refunds() -> None:
    """Send the refunds that wait."""
    refunds_send(now=utc_now())


@shared_task
def expire_deposits() -> None:
    """End deposits whose time is over."""
    deposits_expire(now=utc_now())
