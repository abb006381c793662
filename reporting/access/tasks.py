"""Scheduled work of the API's clients (config/schedule.py)."""

from __future__ import annotations

from celery import shared_task

from common.clock import utc_now
from reporting.access.services.tokens import tokens_clear


@shared_task
def clear_api_tokens() -> None:
    """Drop the API's expired access tokens."""
    tokens_clear(now=utc_now())
