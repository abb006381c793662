"""What a session holds is unreadable in the database: passwords and personal data that wait for a step-up among it."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.signing import JSONSerializer, b64_decode
from django.test import Client

from compliance.signin.closed_sessions import ClosedSerializer
from compliance.staff.models import StaffUser
from tests.factories import player_make
from tests.signin.people import MORNING, code, enrolled, give_password, walk_in
from tests.staff import PASSWORD, staff_member

NEW = "an even longer passphrase 2"
CONFIRM = "/account/confirm/code/"


def stored() -> bytes:
    """Every session as somebody who reads the table can make it out: base64 and compression undone."""
    found = b""
    for kept in Session.objects.all():
        text = kept.session_data
        body = b64_decode(text.removeprefix(".").split(":")[0].encode())
        found += zlib.decompress(body) if text.startswith(".") else body
    return found


def wait_for_step_up(client: Client, clock: Any, page: str, form: dict[str, str]) -> None:
    clock.shift(timedelta(minutes=6))
    assert client.post(page, form)["Location"].startswith(CONFIRM)


@pytest.mark.parametrize(("serializer", "readable"), [("closed_sessions.ClosedSerializer", False), ("", True)])
def test_a_password_that_waits_for_a_step_up_can_not_be_read(
    serializer: str, readable: bool, carol: StaffUser, settings: LazySettings
) -> None:
    if not serializer:
        settings.SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
    with time_machine.travel(MORNING, tick=False) as clock:
        client = Client()
        walk_in(client, carol)
        page = "/account/password/"
        wait_for_step_up(client, clock, page, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
        assert (NEW.replace(" ", "+").encode() in stored()) is readable, "the second case shows that the test can see"
        client.post(CONFIRM, {"code": code(), "next": page})
        assert StaffUser.objects.get(pk=carol.pk).check_password(NEW)


def test_personal_data_that_waits_for_a_step_up_stands_in_the_vault_alone(carol: StaffUser) -> None:
    alice = player_make("Alice", balance="0")
    kim = enrolled(staff_member("kyc", username="kim"))
    with time_machine.travel(MORNING, tick=False) as clock:
        client = Client()
        walk_in(client, kim)
        page = f"/admin/players/player/{alice.pk}/personal/"
        wait_for_step_up(client, clock, page, {"full_name": "Alice Borg", "reason": "passport"})
        assert b"Borg" not in stored()


def test_the_secret_of_an_app_that_is_being_enrolled_can_not_be_read(dora: StaffUser) -> None:
    client = Client()
    give_password(client, dora)
    client.get("/account/second-factor/app/add/")
    assert client.session["mfa.totp.secret"].encode() not in stored()


def test_a_session_under_another_key_is_one_of_nobody(carol: StaffUser, settings: LazySettings) -> None:
    client = Client()
    walk_in(client, carol)
    settings.FIELD_KEY = "another key, as after a mistake"
    assert client.get("/admin/").status_code == 302
    assert ClosedSerializer().loads(ClosedSerializer().dumps({"ö": [1, None]})) == {"ö": [1, None]}
    assert JSONSerializer().dumps({"x": 1}) not in ClosedSerializer().dumps({"x": 1})
