"""Signing in, and what it never tells (G-12 to G-16)."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine

from casino.play.models import GameSession
from common.clock import utc_now
from compliance.audit.models import AuditEvent
from players.accounts.models import Credential, Letter, PlayerSession, SignInLock
from players.models import Brand, Player
from tests.accounts.cast import PASSWORD, Caller, body, brand_with_terms, letters, link_token
from tests.factories import provider_make
from tests.policy.cast import policy_row_make

pytestmark = pytest.mark.django_db


def test_a_sign_in_shows_the_one_before_it(alice: Caller) -> None:
    elsewhere = Caller(device="a-device-never-seen-1")
    answer = elsewhere.sign_in().json()
    first = PlayerSession.objects.order_by("pk")[0]
    assert answer["previous_sign_in"]["device"] == "Firefox on Linux"
    assert answer["previous_sign_in"]["created_at"].startswith(first.created_at.isoformat()[:19])
    assert answer["session_id"] != first.public_id
    assert answer["account"]["status"] == "active"


def test_a_new_device_is_recorded_and_told_by_e_mail(alice: Caller) -> None:
    assert Caller().sign_in().status_code == 201
    assert not Letter.objects.filter(kind="new_device").exists()
    assert Caller(device="a-device-never-seen-1").sign_in().status_code == 201
    assert Letter.objects.filter(kind="new_device").count() == 1
    assert len(alice.get("devices").json()) == 2


def test_unknown_name_and_wrong_password_answer_the_same(alice: Caller) -> None:
    answers = [
        Caller().sign_in(email="nobody@mail.example"),
        Caller().sign_in(password="not-the-password-1"),
    ]
    told = [(a.status_code, {**a.json()["error"], "request_id": ""}, sorted(a.headers)) for a in answers]
    assert told[0] == told[1]
    assert told[0][0] == 401


def test_unknown_name_and_wrong_password_take_the_same_time(alice: Caller) -> None:
    taken: dict[str, list[float]] = {"nobody@mail.example": [], "alice@mail.example": []}
    for _ in range(7):
        SignInLock.objects.all().delete()
        for email, times in taken.items():
            began = time.perf_counter()
            Caller().sign_in(email=email, password="not-the-password-1")
            times.append(time.perf_counter() - began)
    nobody, somebody = (statistics.median(times) for times in taken.values())
    assert 0.5 < nobody / somebody < 2


@pytest.mark.parametrize("email", ["alice@mail.example", "nobody@mail.example"])
def test_three_failures_within_30_minutes_lock_the_name_whoever_it_is(alice: Caller, email: str) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        statuses = [Caller().sign_in(email=email, password="wrong-password-77").status_code for _ in range(3)]
        assert statuses == [401, 401, 401]
        locked = Caller().sign_in(email=email)
        assert (locked.status_code, locked.json()["error"]["code"]) == (429, "sign_in_locked")
        assert AuditEvent.objects.filter(name="players:signin:locked").count() == 1
        clock.shift(timedelta(minutes=30, seconds=1))
        assert Caller().sign_in(email=email).status_code == (201 if email.startswith("alice") else 401)


def test_failures_further_apart_do_not_lock_and_a_right_sign_in_begins_anew(alice: Caller) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        for _ in range(3):
            assert Caller().sign_in(password="wrong-password-77").status_code == 401
            clock.shift(timedelta(minutes=31))
        for _ in range(2):
            Caller().sign_in(password="wrong-password-77")
        assert Caller().sign_in().status_code == 201
        for _ in range(2):
            Caller().sign_in(password="wrong-password-77")
        assert Caller().sign_in().status_code == 201


@pytest.mark.parametrize("email", ["alice@mail.example", "nobody@mail.example"])
def test_the_numbers_of_the_lock_are_the_brands_policy(alice: Caller, email: str) -> None:
    now = utc_now()
    rule = {"failures": 2, "within_minutes": 10, "locked_minutes": 60}
    policy_row_make("MT", "sign_in.lock", rule, now + timedelta(hours=1), now=now)
    with time_machine.travel(now + timedelta(hours=2), tick=False) as clock:
        assert [Caller().sign_in(email=email, password="wrong-password-77").status_code for _ in range(2)] == [401] * 2
        assert Caller().sign_in(email=email).status_code == 429
        clock.shift(timedelta(minutes=59))
        assert Caller().sign_in(email=email).status_code == 429
        clock.shift(timedelta(minutes=2))
        assert Caller().sign_in(email=email).status_code == (201 if email.startswith("alice") else 401)


def test_how_long_a_full_sign_in_counts_is_policy(alice: Caller) -> None:
    now = utc_now()
    policy_row_make("MT", "session.full_sign_in_days", 2, now + timedelta(hours=1), now=now)
    with time_machine.travel(now + timedelta(days=1, hours=23), tick=False) as clock:
        assert alice.get("account").json()["error"]["code"] == "session_reauth"
        clock.shift(timedelta(hours=1, seconds=1))
        assert alice.get("account").json()["error"]["code"] == "not_signed_in"


def test_a_lock_is_of_one_brand_and_name(alice: Caller) -> None:
    brand_with_terms("borealis")
    for _ in range(3):
        Caller().post("sign-in", {"brand": "borealis", "email": "alice@mail.example", "password": "x"})
    assert Caller().sign_in().status_code == 201


def test_after_inactivity_the_player_proves_themselves_and_goes_on(alice: Caller) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        assert alice.get("account").status_code == 200
        clock.shift(timedelta(minutes=30, seconds=1))
        refused = alice.get("account")
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "session_reauth")
        assert alice.post("reauthenticate", {"password": "wrong-password-77"}).status_code == 401
        assert alice.post("reauthenticate", {"password": PASSWORD}).status_code == 204
        assert alice.get("account").status_code == 200


def test_who_plays_is_not_idle(alice: Caller) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        clock.shift(timedelta(minutes=40))
        GameSession.objects.create(
            public_id="gs_alice", player=Player.objects.get(), provider=provider_make(), token_sha256="0" * 64,
            token_expires_at=utc_now(), launched_at=utc_now() - timedelta(minutes=35),
            last_seen_at=utc_now() - timedelta(minutes=1),
        )  # fmt: skip
        assert alice.get("account").status_code == 200
        clock.shift(timedelta(minutes=30, seconds=1))
        assert alice.get("account").status_code == 401


def test_activity_keeps_a_sign_in_alive_and_thirty_days_end_it(alice: Caller) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        for _ in range(4):
            clock.shift(timedelta(minutes=20))
            assert alice.get("account").status_code == 200
        clock.shift(timedelta(days=30))
        assert alice.get("account").json()["error"]["code"] == "not_signed_in"
        assert PlayerSession.objects.get().end_reason == "too_old"


def test_a_player_ends_a_sign_in_from_another_device_and_nobody_elses(alice: Caller) -> None:
    phone = Caller(device="a-device-never-seen-1")
    phone.sign_in()
    listed = alice.get("sessions").json()["items"]
    assert [(row["current"], row["ended_at"]) for row in listed] == [(False, None), (True, None)]
    mallory = Caller(device="mallorys-telephone-1")
    given = body(email="m@mail.example", full_name="Mallory Vella", phone="+356 7777 1234", address_lines="Elsewhere 1")
    mallory.token = mallory.post("register", given).json()["token"]
    assert mallory.call("DELETE", f"sessions/{listed[0]['id']}").status_code == 404
    assert alice.call("DELETE", f"sessions/{listed[0]['id']}").status_code == 204
    assert phone.get("account").status_code == 401
    assert alice.call("DELETE", f"sessions/{listed[0]['id']}").status_code == 404
    assert alice.post("sign-out").status_code == 204
    assert alice.get("account").status_code == 401


def test_lists_of_sign_ins_come_by_pages(alice: Caller) -> None:
    for _ in range(4):
        Caller().sign_in()
    first = alice.get("sessions?limit=3").json()
    second = alice.get(f"sessions?limit=3&before={first['next']}").json()
    ids = [row["id"] for row in first["items"] + second["items"]]
    assert (len(ids), len(set(ids)), second["next"]) == (5, 5, None)
    assert alice.get("sessions?limit=1000").status_code == 400


def test_the_e_mail_address_is_confirmed_by_a_link_that_works_once(alice: Caller) -> None:
    message = next(letters(utc_now()))
    token = link_token(message)
    assert message.to == ["alice@mail.example"]
    assert alice.get("account").json()["email_verified"] is False
    assert alice.post("email/verify", {"token": token}).status_code == 204
    assert alice.get("account").json()["email_verified"] is True
    assert alice.post("email/verify", {"token": token}).json()["error"]["code"] == "token_not_valid"


def test_a_newer_link_and_time_make_a_link_void(alice: Caller) -> None:
    first = link_token(next(letters(utc_now())))
    alice.post("email/send-again")
    second = link_token(next(letters(utc_now())))
    assert alice.post("email/verify", {"token": first}).status_code == 400
    with time_machine.travel(utc_now() + timedelta(days=3, seconds=1)):
        assert alice.post("email/verify", {"token": second}).status_code == 400


def test_a_reset_ends_every_sign_in_opens_the_lock_and_tells_by_e_mail(alice: Caller) -> None:
    for _ in range(3):
        Caller().sign_in(password="wrong-password-77")
    list(letters(utc_now()))
    assert Caller().post("password/forgotten", {"brand": "aurora", "email": "Alice@mail.example"}).status_code == 202
    token = link_token(next(letters(utc_now())))
    assert Caller().post("password/reset", {"token": token, "password": "short"}).status_code == 400
    new = {"token": token, "password": "basalt-heron-5577"}
    assert Caller().post("password/reset", new).status_code == 204
    assert Caller().post("password/reset", new).status_code == 400
    assert alice.get("account").status_code == 401
    assert Caller().sign_in().status_code == 401
    assert Caller().sign_in(password="basalt-heron-5577").status_code == 201
    assert any("was changed" in message.body for message in letters(utc_now()))


def test_asking_for_a_reset_tells_nobody_who_has_an_account(alice: Caller) -> None:
    answers = [
        Caller().post("password/forgotten", {"brand": "aurora", "email": email})
        for email in ("alice@mail.example", "nobody@mail.example")
    ]
    assert {(a.status_code, a.content) for a in answers} == {(202, b"")}
    assert Letter.objects.filter(kind="reset_password").count() == 1
    assert AuditEvent.objects.filter(name="players:reset:asked").count() == 2


def test_a_change_of_the_password_keeps_this_sign_in_alone(alice: Caller) -> None:
    other = Caller(device="a-device-never-seen-1")
    other.sign_in()
    given = {"password": PASSWORD, "new_password": "basalt-heron-5577"}
    assert alice.post("password/change", {**given, "password": "wrong-password-77"}).status_code == 401
    assert alice.post("password/change", given).status_code == 204
    assert (alice.get("account").status_code, other.get("account").status_code) == (200, 401)


def test_tokens_and_passwords_stand_nowhere_in_the_clear(alice: Caller) -> None:
    kept = str(list(PlayerSession.objects.values())) + str(list(Credential.objects.values()))
    kept += str(list(AuditEvent.objects.values("before", "after", "session", "reason", "subject")))
    assert alice.token not in kept
    assert PASSWORD not in kept


def test_every_token_and_session_is_another(aurora: Brand, alice: Caller) -> None:
    tokens = [Caller().sign_in().json() for _ in range(5)]
    assert len({one["token"] for one in tokens} | {one["session_id"] for one in tokens}) == 10
    assert all(len(one["token"]) >= 43 for one in tokens)
    made = list(Player.objects.values_list("public_id", flat=True))
    assert all(a != b for a, b in pairwise([*made, ""]))
