"""People with an authenticator app, and their way through the pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from common.clock import utc_now
from common.field_secrets import secret_close
from compliance.audit.models import AuditEvent
from compliance.signin.services.totp import STEP, totp_code
from compliance.staff.models import StaffUser
from tests.staff import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SIGN_IN = "/account/sign-in/"
CODE_PAGE = "/account/second-factor/code/"
# Tomorrow: what fixtures made before the clock was moved exists by then.
MORNING = (utc_now() + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)


def enrolled(person: StaffUser, secret: str = SECRET) -> StaffUser:
    """Give somebody an authenticator app with a known secret."""
    Authenticator.objects.create(
        user_id=person.pk, type=Authenticator.Type.TOTP, data={"secret": secret_close(secret).decode()}
    )
    return person


def code(secret: str = SECRET, *, steps: int = 0, now: datetime | None = None) -> str:
    """The code that the app shows now, or some steps of 30 s later."""
    moment = int((now or utc_now()).timestamp())
    return totp_code(secret=secret, step=moment // STEP + steps)


def give_password(client: Client, person: StaffUser | str, password: str = PASSWORD, **more: str) -> Any:
    """The first page."""
    name = person if isinstance(person, str) else person.username
    return client.post(SIGN_IN, {"login": name, "password": password} | more)


def walk_in(client: Client, person: StaffUser, **more: str) -> Any:
    """Both pages, as somebody with an app; returns the answer to the second."""
    give_password(client, person, **more)
    return client.post(CODE_PAGE, {"code": code()})


def is_inside(client: Client) -> bool:
    """Whether the back office opens."""
    return bool(client.get("/admin/").status_code == 200)


def told(name: str) -> list[AuditEvent]:
    """The trail's events of a name, oldest first."""
    return list(AuditEvent.objects.filter(name=name).order_by("pk"))
