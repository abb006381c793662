"""E-mails to players: written in the transaction of what they tell, sent by a task, tried again when that fails."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from common.field_secrets import secret_close, secret_open
from players.accounts.enums import LetterKind, TokenPurpose
from players.accounts.models import Letter
from players.accounts.services.tokens import token_issue
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open

log = logging.getLogger(__name__)
TRIES: Final = 8
FIRST_PAUSE: Final = timedelta(minutes=1)
BATCH: Final = 50
LINKS: Final = {
    LetterKind.VERIFY_EMAIL: (TokenPurpose.VERIFY_EMAIL, "verify-email"),
    LetterKind.RESET_PASSWORD: (TokenPurpose.RESET_PASSWORD, "reset-password"),
}


def letter_write(
    *,
    player: Player,
    kind: LetterKind,
    now: datetime,
    facts: Mapping[str, str] | None = None,
    address: str = "",
) -> Letter:
    """Owe a player an e-mail; `address` only where it goes to another one than is recorded now."""
    return Letter.objects.create(
        player=player, kind=kind, facts=dict(facts or {}), address=secret_close(address) if address else None,
        created_at=now, next_try_at=now,
    )  # fmt: skip


def letters_send(*, now: datetime, most: int = BATCH) -> int:
    """Send what is owed and due; how many went. What fails is tried again later, ever less often, then given up."""
    sent = 0
    for letter in _claimed(now, most):
        try:
            _send(letter, now)
        except (SMTPException, OSError) as problem:
            log.warning("letter %s was not sent: %s", letter.pk, type(problem).__name__)
            if letter.tries >= TRIES:
                _finish(letter, given_up=f"not sent after {TRIES} tries", now=now)
        except (PersonalDataUnknown, PersonalDataErased) as problem:
            _finish(letter, given_up=problem.code, now=now)
        else:
            _finish(letter, given_up="", now=now)
            sent += 1
    return sent


@transaction.atomic
def _claimed(now: datetime, most: int) -> list[Letter]:
    """Take letters for this run: their next try is set before they are sent, and no other run takes them."""
    due = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("player__brand")
    found = list(due.filter(sent_at__isnull=True, given_up="", next_try_at__lte=now).order_by("next_try_at")[:most])
    for letter in found:
        letter.next_try_at = now + FIRST_PAUSE * 2**letter.tries
        letter.tries += 1
        letter.save(update_fields=["next_try_at", "tries"])
    return found


def _send(letter: Letter, now: datetime) -> None:
    known = details_open(player_id=letter.player_id)
    address = secret_open(letter.address) if letter.address else known.email
    if not address:
        raise PersonalDataUnknown
    kind = LetterKind(letter.kind)
    context = {
        "name": known.full_name,
        "brand": letter.player.brand.name,
        "facts": letter.facts,
        "link": _link(letter, kind, now),
    }
    EmailMessage(
        subject=f"{letter.player.brand.name}: {kind.label}",
        body=render_to_string(f"players/mail/{kind.value}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
    ).send()


def _link(letter: Letter, kind: LetterKind, now: datetime) -> str:
    if kind not in LINKS:
        return ""
    purpose, page = LINKS[kind]
    return f"{settings.PLAYER_SITE_URL}/{page}#token={token_issue(player=letter.player, purpose=purpose, now=now)}"


def _finish(letter: Letter, *, given_up: str, now: datetime) -> None:
    letter.given_up, letter.address = given_up, None
    if not given_up:
        letter.sent_at = now
    letter.save(update_fields=["given_up", "address", "sent_at"])
