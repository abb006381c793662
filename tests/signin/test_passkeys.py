"""Passkeys open the door alone, and no door that is locked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client

from compliance.staff.models import StaffUser
from tests.signin.passkey import PAGE, SoftPasskey, passkey_client
from tests.signin.people import CODE_PAGE, MORNING, give_password, is_inside, told
from tests.staff import staff_member

LIMIT = 6
STEP_UP = "/account/confirm/passkey/"


@pytest.fixture
def key(carol: StaffUser) -> SoftPasskey:
    return SoftPasskey(carol)


def lock(name: str) -> None:
    for number in range(LIMIT):
        give_password(Client(), name, f"wrong {number}")


def test_a_passkey_opens_the_door_alone(key: SoftPasskey) -> None:
    client = passkey_client()
    assert key.sign_in(client).status_code == 302
    assert is_inside(client)
    (started,) = told("staff:session:started")
    assert started.after == {"proofs": ["webauthn"]}


def test_a_locked_name_is_locked_for_its_passkey_too(key: SoftPasskey) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        lock("carol")
        client = passkey_client()
        answer = key.sign_in(client)
        assert answer.status_code == 429
        assert "locked for 30 minutes" in answer.content.decode()
        assert not is_inside(client)
        assert told("staff:signin:refused")[-1].reason == "locked"
        assert AccessAttempt.objects.filter(username="carol").exists(), "the passkey lifts no lock"
        clock.shift(timedelta(minutes=30, seconds=1))
        assert key.sign_in(passkey_client()).status_code == 302


def test_a_passkey_that_was_refused_proves_nothing_later(key: SoftPasskey) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = passkey_client()
        lock("carol")
        key.sign_in(client)
        clock.shift(timedelta(minutes=31))
        assert give_password(client, key.person)["Location"] == CODE_PAGE
        assert not is_inside(client)


def test_a_password_given_before_the_lock_opens_nothing_with_a_passkey_after_it(key: SoftPasskey) -> None:
    client = passkey_client()
    give_password(client, key.person)
    lock("carol")
    options = client.get(CODE_PAGE).context["js_data"]["request_options"]
    answer = client.post(CODE_PAGE, {"credential": key.answer(options["publicKey"]["challenge"])})
    assert answer.status_code == 429
    assert not is_inside(client)


def test_a_passkey_steps_nobody_up_while_the_name_is_locked(key: SoftPasskey) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = passkey_client()
        key.sign_in(client)
        clock.shift(timedelta(minutes=6))
        lock("carol")
        answer = step_up(client, key)
        assert answer == 429
        assert told("staff:stepup:passed") == []
        clock.shift(timedelta(minutes=14))
        assert client.get("/account/password/").status_code == 302, "whoever is signed in stays so"
        clock.shift(timedelta(minutes=14))
        client.get("/admin/")
        clock.shift(timedelta(minutes=3))
        assert step_up(client, key) == 302
        assert len(told("staff:stepup:passed")) == 1


def step_up(client: Client, key: SoftPasskey) -> int:
    options = client.get(STEP_UP).context["js_data"]["request_options"]
    return client.post(STEP_UP, {"credential": key.answer(options["publicKey"]["challenge"])}).status_code


def test_a_passkey_of_somebody_who_left_or_of_a_machine_opens_nothing(key: SoftPasskey) -> None:
    for field in ("is_active", "is_staff"):
        person = staff_member("support")
        theirs = SoftPasskey(person)
        StaffUser.objects.filter(pk=person.pk).update(**{field: False})
        client = passkey_client()
        theirs.sign_in(client)
        assert not is_inside(client)


def test_a_passkey_answers_one_challenge_once(key: SoftPasskey) -> None:
    first, mallory = passkey_client(), passkey_client()
    options = first.get(PAGE, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    answer = key.answer(options["publicKey"]["challenge"])
    mallory.get(PAGE, headers={"X-Requested-With": "XMLHttpRequest"})
    mallory.post(PAGE, {"credential": answer})
    assert not is_inside(mallory), "her challenge was another"
    first.post(PAGE, {"credential": answer})
    assert is_inside(first)


@pytest.mark.parametrize(
    "credential",
    [
        "", "null", "[]", "1", '"x"', "{}", '{"response": null}', '{"response": []}', "{" * 500,
        '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "!"}}', "handle:" + "z" * 40,
        "handle:!", "handle:", "handle:-1",
    ],
)  # fmt: skip
def test_a_made_up_passkey_is_only_wrong(credential: str, key: SoftPasskey) -> None:
    client = passkey_client()
    options = client.get(PAGE, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    if credential.startswith("handle:"):
        honest = json.loads(key.answer(options["publicKey"]["challenge"]))
        honest["response"]["userHandle"] = credential.partition(":")[2]
        credential = json.dumps(honest)
    answer = client.post(PAGE, {"credential": credential})
    assert answer["Location"] == "/account/sign-in/"
    assert not is_inside(client)
