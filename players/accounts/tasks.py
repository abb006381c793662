"""Scheduled work of player accounts. Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from common.clock import utc_now
from players.accounts.services.erasures import erasures_step
from players.accounts.services.letters import letters_send
from players.accounts.services.sign_in_locks import locks_clear
from players.accounts.services.tokens import tokens_clear


@shared_task
def send_letters() -> None:
    """E-mails that are owed go out."""
    letters_send(now=utc_now())


@shared_task
def step_erasures() -> None:
    """Erasures that are due go a step further."""
    erasures_step(now=utc_now())


@shared_task
def clear_tokens() -> None:
    """Links and counts that are long over leave the database."""
    tokens_clear(now=utc_now())
    locks_clear(now=utc_now())
