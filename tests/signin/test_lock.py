from __future__ import annotations

from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client

from common.clock import utc_now
from compliance.signin.services.recovery_codes import recovery_codes_issue
from compliance.staff.models import StaffUser
from tests.signin.people import CODE_PAGE, MORNING, SIGN_IN, code, give_password, is_inside, told, walk_in
from tests.staff import PASSWORD

LIMIT = 6


def fail(name: str, times: int, **client: str) -> Client:
    browser = Client(**client)  # type: ignore[arg-type]
    for number in range(times):
        give_password(browser, name, f"wrong {number}")
    return browser


def test_after_six_failures_the_right_password_does_not_work_for_thirty_minutes(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        fail("carol", LIMIT - 1)
        clock.shift(timedelta(minutes=10))
        last = fail("carol", 1)
        clock.shift(timedelta(minutes=29, seconds=59))
        for client in (last, Client(headers={"User-Agent": "another"}, REMOTE_ADDR="203.0.113.9")):
            answer = give_password(client, carol)
            assert answer.status_code == 429
            assert "locked for 30 minutes" in answer.content.decode()
            assert not is_inside(client)
        clock.shift(timedelta(seconds=2))
        assert walk_in(Client(), carol).status_code == 302


def test_failures_spread_over_addresses_and_browsers_lock_and_stay_locked(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        for number in range(LIMIT - 1):
            fail("carol", 1, REMOTE_ADDR=f"203.0.113.{number}", headers={"User-Agent": f"b{number}"})  # type: ignore[arg-type]
        clock.shift(timedelta(minutes=20))
        fail("carol", 1)
        clock.shift(timedelta(minutes=29))
        assert give_password(Client(), carol).status_code == 429, "the early failures are older than 30 minutes"


def test_letters_case_and_blanks_are_one_name(carol: StaffUser) -> None:
    for name in ("carol", "CAROL", " carol ", "Carol", "cArol", "caroL"):
        give_password(Client(), name, "wrong")
    assert give_password(Client(), "carol").status_code == 429


def test_a_lock_tells_nothing_about_whether_the_name_exists(carol: StaffUser) -> None:
    pages = []
    for name in ("carol", "mallory"):
        client = fail(name, LIMIT)
        answer = give_password(client, name)
        assert answer.status_code == 429
        pages.append(answer.content)
    assert pages[0] == pages[1]


def test_an_unknown_name_takes_as_long_as_a_wrong_password(carol: StaffUser) -> None:
    def seconds(name: str) -> float:
        taken = []
        for number in range(5):
            AccessAttempt.objects.all().delete()
            began = perf_counter()
            give_password(Client(), name, f"wrong {number}")
            taken.append(perf_counter() - began)
        return median(taken)

    known, unknown = seconds("carol"), seconds("mallory")
    assert 0.5 < unknown / known < 2


def test_codes_of_the_second_factor_can_not_be_guessed(carol: StaffUser) -> None:
    codes = recovery_codes_issue(staff_id=carol.pk, actor="staff:1", now=utc_now())
    client = Client()
    give_password(client, carol)
    answers = [client.post(CODE_PAGE, {"code": f"{number:06}"}).status_code for number in range(LIMIT)]
    assert answers == [200] * (LIMIT - 1) + [429]
    for right in (code(), code(steps=1), codes[0]):
        assert client.post(CODE_PAGE, {"code": right}).status_code == 429
    assert not is_inside(client)
    assert give_password(Client(), carol).status_code == 429, "and the password is locked with it"


def test_a_right_password_does_not_forgive_wrong_codes(carol: StaffUser) -> None:
    for _ in range(LIMIT):
        client = Client()
        if give_password(client, carol).status_code == 429:
            break
        client.post(CODE_PAGE, {"code": "000000"})
    assert give_password(Client(), carol).status_code == 429


def test_a_whole_sign_in_forgives_earlier_failures(carol: StaffUser) -> None:
    fail("carol", LIMIT - 1)
    assert walk_in(Client(), carol).status_code == 302
    assert AccessAttempt.objects.count() == 0


def test_the_lock_is_one_event_and_every_refusal_another(carol: StaffUser) -> None:
    client = fail("carol", LIMIT + 2)
    (locked,) = told("staff:signin:locked")
    assert (locked.subject, locked.significant, locked.severity) == (f"staff.staffuser:{carol.pk}", True, "warning")
    assert [event.reason for event in told("staff:signin:refused")] == [""] * LIMIT + ["locked"] * 2
    client.post(CODE_PAGE, {"code": "1"})


def test_what_is_kept_of_failures_holds_no_password_code_or_name(carol: StaffUser) -> None:
    client = fail("carol", 1)
    give_password(client, carol)
    client.post(CODE_PAGE, {"code": "424242"})
    kept = " ".join(f"{row.post_data} {row.get_data}" for row in AccessAttempt.objects.all())
    assert "wrong" not in kept
    assert "424242" not in kept
    assert PASSWORD not in kept


@pytest.mark.parametrize("name", ["carol\x00", "c" * 500, "", " ", "carol' OR '1'='1", "😀"])
def test_odd_names_are_only_wrong(name: str, carol: StaffUser) -> None:
    assert give_password(Client(), name).status_code == 200


def test_an_address_that_tries_many_names_is_slowed_down(carol: StaffUser) -> None:
    client = Client()
    answers = [client.post(SIGN_IN, {"login": f"n{n}", "password": "x"}) for n in range(31)]
    assert "Too many attempts" in answers[-1].content.decode()
