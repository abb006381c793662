"""One sign-in per role for the demonstration, with a second factor whose codes can be computed on this machine.

Nothing here opens a door that the demonstration did not make: the codes are those of authenticator apps that this
service itself enrolled, under a secret that only this checkout's SECRET_KEY yields. The pages know nothing of it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from common.field_secrets import secret_close
from compliance.signin.errors import DemoOnly, NoSuchDemoPerson
from compliance.signin.services.totp import STEP, totp_code
from compliance.staff.models import StaffUser
from compliance.staff.roles import ROLES
from compliance.staff.services.role_grants import role_grant

PASSWORD: Final = "demo-house-2026"  # noqa: S105 - printed by `make demo`, exists where DEMO=1 alone
DOMAIN: Final = "demo.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSignIn:
    """A person of the demonstration, and what the person does."""

    username: str
    role: str


@transaction.atomic
def demo_sign_ins_seed(*, now: datetime) -> tuple[DemoSignIn, ...]:
    """Make what is missing of the demo's people, one per role, each named like the role. Raises DemoOnly."""
    demo_demand()
    for seed in ROLES:
        person = StaffUser.objects.filter(username=seed.code).first()
        if person is None:
            number = f"DEMO-{seed.code}".upper().replace("_", "-")
            person = StaffUser.objects.create_user(
                seed.code, f"{seed.code}@{DOMAIN}", PASSWORD, is_staff=True, personnel_number=number
            )
            role_grant(
                staff_id=person.pk, role_code=seed.code, actor="system:demo", reason="the demo's people", now=now
            )
        if not Authenticator.objects.filter(user_id=person.pk).exists():
            secret = secret_close(demo_secret(seed.code)).decode()
            Authenticator.objects.create(user_id=person.pk, type=Authenticator.Type.TOTP, data={"secret": secret})
    return tuple(DemoSignIn(username=seed.code, role=seed.name) for seed in ROLES)


def demo_code(*, username: str, now: datetime) -> tuple[str, int]:
    """The present code of a demo person, and for how many seconds it stays so. Raises DemoOnly, NoSuchDemoPerson."""
    demo_demand()
    if username not in {seed.code for seed in ROLES}:
        raise NoSuchDemoPerson
    moment = int(now.timestamp())
    return totp_code(secret=demo_secret(username), step=moment // STEP), STEP - moment % STEP


def demo_secret(username: str) -> str:
    """The base32 secret of a demo person's authenticator app."""
    digest = salted_hmac("demo authenticator app", username, algorithm="sha256").digest()
    return base64.b32encode(digest[:20]).decode()


def demo_demand() -> None:
    """Raise DemoOnly unless this is the demonstration."""
    if not settings.DEMO:
        raise DemoOnly
