"""A code that two people send at the same moment opens one door: real connections, held at a barrier."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client

from common.clock import utc_now
from compliance.signin.services.recovery_codes import recovery_code_use, recovery_codes_issue
from compliance.signin.services.totp import totp_use
from compliance.staff.models import StaffUser
from tests.signin.people import SIGN_IN, code, give_password, is_inside
from tests.waiting import Owner, begun_behind

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


def at_once(attempt: Callable[[], bool]) -> list[bool]:
    """The same attempt on many connections, begun together."""
    barrier = Barrier(MANY)

    def one(_number: int) -> bool:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return attempt()
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as threads:
        return list(threads.map(one, range(MANY)))


def test_a_code_of_the_app_opens_once_however_many_send_it(carol: StaffUser) -> None:
    right, now = code(), utc_now()
    assert sum(at_once(lambda: totp_use(staff_id=carol.pk, code=right, now=now))) == 1


def test_a_recovery_code_opens_once_however_many_send_it(carol: StaffUser) -> None:
    codes = recovery_codes_issue(staff_id=carol.pk, actor=f"staff:{carol.pk}", now=utc_now())
    assert sum(at_once(lambda: recovery_code_use(staff_id=carol.pk, code=codes[0], now=utc_now()))) == 1


def test_a_first_factor_is_enrolled_once_and_whoever_else_knows_the_password_is_out(
    dora: StaffUser, owner_connection: Owner
) -> None:
    page = "/account/second-factor/app/add/"

    def about_to_enrol() -> Client:
        client = Client()
        give_password(client, dora)
        client.get(page)
        return client

    def enrol(client: Client) -> str:
        return str(client.post(page, {"code": code(client.session["mfa.totp.secret"])})["Location"])

    hers, mallory = about_to_enrol(), about_to_enrol()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert enrol(hers) == "/account/second-factor/recovery-codes/"
            theirs = begun_behind(pool, owner_connection, lambda: enrol(mallory))
        assert theirs.result() == SIGN_IN
    assert Authenticator.objects.filter(user=dora).count() == 1
    assert is_inside(hers)
    assert not is_inside(mallory)
