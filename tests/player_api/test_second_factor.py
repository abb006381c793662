"""An authenticator app, for players who want one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from common.clock import utc_now
from players.accounts.models import Credential
from players.accounts.services.second_factor import totp_code
from tests.accounts.cast import PASSWORD, Caller

pytestmark = pytest.mark.django_db


def _code(secret: str) -> str:
    return totp_code(secret=secret, step=int(utc_now().timestamp()) // 30)


def _added(alice: Caller) -> str:
    begun = alice.post("second-factor", {"password": PASSWORD})
    assert begun.status_code == 201
    secret = str(begun.json()["secret"])
    assert begun.json()["uri"].startswith("otpauth://totp/")
    assert alice.call("PUT", "second-factor", {"code": _code(secret)}).status_code == 204
    return secret


def test_sign_in_asks_for_a_code_that_counts_once(alice: Caller) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        secret = _added(alice)
        assert alice.get("account").json()["second_factor"] is True
        assert Caller().sign_in().json()["error"]["code"] == "second_factor_needed"
        assert Caller().sign_in(code=_code(secret)).json()["error"]["code"] == "sign_in_refused"
        clock.shift(timedelta(seconds=30))
        code = _code(secret)
        assert Caller().sign_in(code=code).status_code == 201
        assert Caller().sign_in(code=code).status_code == 401


def test_a_wrong_code_reads_like_a_wrong_password_and_counts_like_one(alice: Caller) -> None:
    secret = _added(alice)
    refused = Caller().sign_in(code="000000").json()["error"]
    wrong = Caller().sign_in(password="wrong-password-77", code="000000").json()["error"]
    assert {**refused, "request_id": ""} == {**wrong, "request_id": ""}
    Caller().sign_in(code="000000")
    assert Caller().sign_in(code=_code(secret)).status_code == 429


def test_the_secret_is_kept_encrypted_and_goes_with_the_app(alice: Caller) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        secret = _added(alice)
        kept = Credential.objects.get()
        assert kept.totp_secret is not None
        assert secret.encode() not in bytes(kept.totp_secret)
        assert alice.post("second-factor/remove", {"password": PASSWORD}).status_code == 401
        clock.shift(timedelta(seconds=30))
        assert alice.post("second-factor/remove", {"password": PASSWORD, "code": _code(secret)}).status_code == 204
        assert Credential.objects.get().totp_secret is None
        assert Caller().sign_in().status_code == 201


def test_an_app_that_was_not_confirmed_asks_nobody(alice: Caller) -> None:
    alice.post("second-factor", {"password": PASSWORD})
    assert alice.call("PUT", "second-factor", {"code": "123"}).status_code == 401
    assert Caller().sign_in().status_code == 201
