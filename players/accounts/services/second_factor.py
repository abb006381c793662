"""An authenticator app, for players who want one (RFC 6238): the secret encrypted, a code used once."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.utils.crypto import constant_time_compare

from common.clock import instant_text
from common.field_secrets import secret_close, secret_open
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.enums import LetterKind
from players.accounts.errors import SecondFactorState, SignInRefused
from players.accounts.models import Credential
from players.accounts.services.letters import letter_write

STEP: Final = 30
DRIFT: Final = 1


@transaction.atomic
def factor_begin(*, player_id: int) -> str:
    """A new secret, which counts once a code of it was shown. Raises SecondFactorState where one counts already."""
    credential = Credential.objects.select_for_update().get(player_id=player_id)
    if credential.totp_confirmed_at is not None:
        raise SecondFactorState
    secret = generate_totp_secret()
    credential.totp_secret, credential.totp_last_step = secret_close(secret), 0
    credential.save(update_fields=["totp_secret", "totp_last_step"])
    return secret


@transaction.atomic
def factor_confirm(*, player_id: int, code: str, actor: str, now: datetime) -> None:
    """From now on sign-in asks for a code. Raises SecondFactorState, SignInRefused."""
    credential = Credential.objects.select_for_update(of=("self",)).select_related("player").get(player_id=player_id)
    if credential.totp_confirmed_at is not None or credential.totp_secret is None:
        raise SecondFactorState
    if not _used(credential, code, now):
        raise SignInRefused
    credential.totp_confirmed_at = now
    credential.save(update_fields=["totp_confirmed_at"])
    _told(credential, EventName.PLAYER_FACTOR_ADDED, "added", actor, now)


@transaction.atomic
def factor_remove(*, player_id: int, actor: str, now: datetime) -> None:
    """Sign-in asks for the password alone. Raises SecondFactorState where none counts."""
    credential = Credential.objects.select_for_update(of=("self",)).select_related("player").get(player_id=player_id)
    if credential.totp_confirmed_at is None:
        raise SecondFactorState
    credential.totp_secret = credential.totp_confirmed_at = None
    credential.save(update_fields=["totp_secret", "totp_confirmed_at"])
    _told(credential, EventName.PLAYER_FACTOR_REMOVED, "removed", actor, now)


@transaction.atomic
def factor_use(*, player_id: int, code: str, now: datetime) -> bool:
    """Whether the code is right and newer than the last that was used; it is used from now on."""
    credential = Credential.objects.select_for_update().get(player_id=player_id)
    return credential.totp_confirmed_at is not None and _used(credential, code, now)


def factor_uri(*, secret: str, brand: str, label: str) -> str:
    """What an authenticator app reads from a QR code."""
    return f"otpauth://totp/{quote(brand)}:{quote(label)}?{urlencode({'secret': secret, 'issuer': brand})}"


def totp_code(*, secret: str, step: int) -> str:
    """The six digits of a step of 30 seconds."""
    return str(format_hotp_value(hotp_value(secret, step)))


def _used(credential: Credential, code: str, now: datetime) -> bool:
    assert credential.totp_secret is not None
    secret, plain, found = secret_open(credential.totp_secret), "".join(code.split()), 0
    present = int(now.timestamp()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        # All are compared, so that the time tells nothing.
        if constant_time_compare(totp_code(secret=secret, step=step), plain):
            found = step
    if found <= credential.totp_last_step:
        return False
    credential.totp_last_step = found
    credential.save(update_fields=["totp_last_step"])
    return True


def _told(credential: Credential, name: EventName, what: str, actor: str, now: datetime) -> None:
    player = credential.player
    audit_record(
        name=name, actor=actor, now=now, subject=f"players.player:{player.pk}", brand_id=player.brand_id,
        player_id=player.pk,
    )  # fmt: skip
    letter_write(player=player, kind=LetterKind.FACTOR_CHANGED, now=now, facts={"what": what, "at": instant_text(now)})
