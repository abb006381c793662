"""The passwords that a person had."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.auth.hashers import check_password

from compliance.signin.models import FormerPassword

REMEMBERED: Final = 4


def former_password_keep(*, staff_id: int, password: str, now: datetime) -> None:
    """Keep the hash of a password that was set at `now` (SEC-07)."""
    FormerPassword.objects.create(staff_id=staff_id, password=password, set_at=now)


def is_former_password(*, staff_id: int, raw: str) -> bool:
    """Whether `raw` is one of the last four passwords of a person, the present one among them."""
    newest = FormerPassword.objects.filter(staff_id=staff_id).order_by("-set_at", "-pk")[:REMEMBERED]
    return any(check_password(raw, former.password) for former in newest)
