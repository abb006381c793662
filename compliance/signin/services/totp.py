"""Codes of authenticator apps (RFC 6238): a step of 30 s counts once, one step of drift either way is forgiven."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.utils.crypto import constant_time_compare

from common.field_secrets import secret_open

STEP: Final = 30
DRIFT: Final = 1
LAST_STEP: Final = "last_step"


@transaction.atomic
def totp_use(*, staff_id: int, code: str, now: datetime) -> bool:
    """Whether `code` is right and newer than the last one that was used; it is used from now on.

    The last step stands in PostgreSQL, under a row lock: a code is single-use also while Redis is down or emptied.
    """
    kept = Authenticator.objects.select_for_update().filter(user_id=staff_id, type=Authenticator.Type.TOTP).first()
    if kept is None:
        return False
    secret = secret_open(kept.data["secret"].encode())
    step = totp_step(secret=secret, code=code, now=now)
    if step is None or step <= kept.data.get(LAST_STEP, 0):
        return False
    kept.data[LAST_STEP] = step
    kept.last_used_at = now
    kept.save(update_fields=["data", "last_used_at"])
    return True


def totp_step(*, secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, among the present one and its neighbours."""
    plain = "".join(code.split())
    present = int(now.timestamp()) // STEP
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        # All are compared, so that the time tells nothing.
        if constant_time_compare(totp_code(secret=secret, step=step), plain):
            found = step
    return found


def totp_code(*, secret: str, step: int) -> str:
    """The six digits of a step."""
    return format_hotp_value(hotp_value(secret, step))
