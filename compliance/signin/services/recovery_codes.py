"""One-time recovery codes (SEC-11): shown once, kept as keyed hashes, each good for one sign-in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.signin.models import RecoveryCode

HOW_MANY: Final = 10
# Without 0, 1, I, L and O: people read these from paper.
LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
HALF: Final = 5


@transaction.atomic
def recovery_codes_issue(*, staff_id: int, actor: str, now: datetime) -> tuple[str, ...]:
    """Ten new codes like "K7M2Q-9XWCT", 49 bits each; earlier ones are void. They can not be shown again."""
    RecoveryCode.objects.filter(staff_id=staff_id).delete()
    codes = tuple(f"{_word()}-{_word()}" for _ in range(HOW_MANY))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(staff_id=staff_id, digest=digest_of(staff_id, code), issued_at=now) for code in codes
    )
    audit_record(
        name=EventName.RECOVERY_CODES_ISSUED,
        actor=actor,
        now=now,
        subject=f"staff.staffuser:{staff_id}",
        after={"codes": HOW_MANY},
    )
    return codes


@transaction.atomic
def recovery_code_use(*, staff_id: int, code: str, now: datetime) -> bool:
    """Whether `code` is one of the person's unused codes; it is used from now on, also against a race."""
    unused = RecoveryCode.objects.filter(staff_id=staff_id, digest=digest_of(staff_id, code), used_at=None)
    if not unused.update(used_at=now):
        return False
    left = RecoveryCode.objects.filter(staff_id=staff_id, used_at=None).count()
    audit_record(
        name=EventName.RECOVERY_CODE_USED,
        actor=f"staff:{staff_id}",
        now=now,
        subject=f"staff.staffuser:{staff_id}",
        after={"codes_left": left},
    )
    return True


def recovery_codes_left(*, staff_id: int) -> int:
    """How many codes a person has not used."""
    return RecoveryCode.objects.filter(staff_id=staff_id, used_at=None).count()


def digest_of(staff_id: int, code: str) -> str:
    """What is kept of a code; case, spaces and hyphens do not matter."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return salted_hmac(
        "signin recovery code", f"{staff_id}:{plain}", secret=settings.FIELD_KEY, algorithm="sha256"
    ).hexdigest()


def _word() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(HALF))
