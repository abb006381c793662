from __future__ import annotations

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from argon2 import extract_parameters
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

import config.settings as house
from common.clock import utc_now
from compliance.signin.models import RecoveryCode
from compliance.signin.services.recovery_codes import recovery_codes_issue
from compliance.staff.models import StaffUser
from tests.signin.people import CODE_PAGE, MORNING, SIGN_IN, code, give_password, is_inside, told, walk_in
from tests.staff import PASSWORD, staff_member


def test_the_admin_sends_people_to_the_one_sign_in_and_back_to_where_they_were(carol: StaffUser) -> None:
    client = Client()
    answer = client.get("/admin/players/player/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(SIGN_IN)
    assert "next=%2Fadmin%2Fplayers%2Fplayer%2F" in answer.redirect_chain[-1][0]
    done = walk_in(client, carol, next="/admin/staff/staffuser/")
    assert done["Location"] == "/admin/staff/staffuser/"
    assert client.get(done["Location"]).status_code == 200


def test_password_alone_opens_nothing_for_somebody_with_a_second_factor(carol: StaffUser) -> None:
    client = Client()
    assert give_password(client, carol)["Location"] == CODE_PAGE
    assert not is_inside(client)
    assert client.get("/account/sessions/").status_code == 302
    assert client.post(CODE_PAGE, {"code": "000000"}).status_code == 200
    assert not is_inside(client)


def test_somebody_without_a_second_factor_reaches_enrolment_and_nothing_else(dora: StaffUser) -> None:
    client = Client()
    give_password(client, dora)
    for page in ("/admin/", "/admin/players/player/", "/account/sessions/", "/account/password/", "/api/schema/"):
        assert client.get(page)["Location"] == "/account/second-factor/", page
    assert "Add an authenticator app" in client.get("/account/second-factor/").content.decode()
    assert client.get("/account/second-factor/app/add/").status_code == 200
    assert client.get("/admin/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/second-factor/"


def test_a_session_that_proved_no_factor_ends_although_one_is_enrolled(carol: StaffUser) -> None:
    client = Client()
    client.force_login(carol)
    assert client.get("/admin/")["Location"].startswith(SIGN_IN)
    assert not is_inside(client)
    assert Session.objects.count() <= 1, "what is left knows nobody"


def test_an_app_is_enrolled_by_its_code_and_its_secret_is_encrypted(dora: StaffUser) -> None:
    client = Client()
    give_password(client, dora)
    client.get("/account/second-factor/app/add/")
    secret = client.session["mfa.totp.secret"]
    wrong = client.post("/account/second-factor/app/add/", {"code": "12345"})
    assert wrong.status_code == 200
    done = client.post("/account/second-factor/app/add/", {"code": code(client.session["mfa.totp.secret"])})
    assert done["Location"] == "/account/second-factor/recovery-codes/"
    assert is_inside(client)
    (event,) = told("staff:factor:added")
    assert event.after == {"factor": "totp", "name": "TOTP Authenticator"}
    assert secret not in str(Authenticator.objects.get().data)


def test_a_code_is_good_once(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False):
        right = code()
        first, second = Client(), Client()
        give_password(first, carol)
        assert first.post(CODE_PAGE, {"code": right}).status_code == 302
        give_password(second, carol)
        assert second.post(CODE_PAGE, {"code": right}).status_code == 200
        assert not is_inside(second)
        assert second.post(CODE_PAGE, {"code": code(steps=1)}).status_code == 302, "the next one is"


def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(carol: StaffUser) -> None:
    codes = recovery_codes_issue(staff_id=carol.pk, actor=f"staff:{carol.pk}", now=utc_now())
    assert len(set(codes)) == 10
    kept = {row.digest for row in RecoveryCode.objects.all()}
    assert not any(one.replace("-", "") in digest for one in codes for digest in kept)
    client = Client()
    give_password(client, carol)
    assert client.post(CODE_PAGE, {"code": codes[3].lower().replace("-", " ")}).status_code == 302
    assert is_inside(client)
    again = Client()
    give_password(again, carol)
    assert again.post(CODE_PAGE, {"code": codes[3]}).status_code == 200
    (used,) = told("staff:recovery:used")
    assert used.after == {"codes_left": 9}


def test_there_is_no_sign_up_no_reset_by_mail_and_no_door_of_django(carol: StaffUser) -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "account_confirm_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for page in ("signup/", "password/reset/", "email/", "login/", "social/"):
        assert Client().get(f"/account/{page}").status_code == 404
    client = Client()
    answer = client.post("/admin/login/", {"username": "carol", "password": PASSWORD})
    assert answer["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_service_accounts_and_people_who_left_get_the_answer_of_a_wrong_password(carol: StaffUser) -> None:
    robot = StaffUser.objects.create_user("machine-7", "", PASSWORD, is_staff=False)
    bob = staff_member("support", username="bob")
    StaffUser.objects.filter(pk=bob.pk).update(is_active=False)
    answers = []
    for name, password in ((robot.username, PASSWORD), ("bob", PASSWORD), ("carol", "wrong"), ("nobody", "wrong")):
        answer = give_password(Client(), name, password)
        assert answer.status_code == 200
        page = answer.content.decode().replace(name, "…")
        answers.append("".join(part for part in page.split() if "csrf" not in part and "value=" not in part))
    assert len(set(answers)) == 1, "nothing tells them apart"


def test_passwords_are_kept_by_argon2id_with_the_work_it_should_take(settings: LazySettings) -> None:
    """With the house's own setting: the tests' people have a quick hash (conftest.py)."""
    settings.PASSWORD_HASHERS = house.PASSWORD_HASHERS
    kept = staff_member("support").password
    assert kept.startswith("argon2$argon2id$")
    work = extract_parameters(kept.removeprefix("argon2"))
    assert work.memory_cost >= 19 * 1024, "OWASP's least, in KiB"
    assert work.time_cost >= 2


def test_a_sign_in_makes_a_new_session_key_so_that_none_can_be_planted(carol: StaffUser) -> None:
    client = Client()
    client.get(SIGN_IN)
    give_password(client, carol)
    planted = client.cookies["staff_session"].value
    client.post(CODE_PAGE, {"code": code()})
    assert client.cookies["staff_session"].value != planted
    mallory = Client()
    mallory.cookies["staff_session"] = planted
    assert not is_inside(mallory)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "https:///evil.example", "javascript:alert(1)",
        "http://localhost.evil.example/", "\thttps://evil.example", "http://127.0.0.1:9/", "http://[::1]:9/",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in_or_out(target: str, carol: StaffUser) -> None:
    client = Client()
    done = walk_in(client, carol, next=target)
    assert done["Location"].startswith("/admin/"), done["Location"]
    assert client.get("/admin/login/", {"next": target})["Location"] == "/admin/"
    assert client.post("/account/sign-out/", {"next": target})["Location"] == SIGN_IN


def test_what_happened_at_the_door_stands_in_the_trail(carol: StaffUser) -> None:
    client = Client(headers={"User-Agent": "Firefox"})
    give_password(client, carol, "wrong")
    give_password(client, "a password typed as a name", "wrong")
    walk_in(client, carol)
    client.post("/account/sign-out/")
    refused, unknown = told("staff:signin:refused")
    assert refused.subject == f"staff.staffuser:{carol.pk}"
    assert (unknown.subject, unknown.actor) == ("staff.staffuser:unknown", "anonymous")
    (started,) = told("staff:session:started")
    assert (started.actor, started.after) == (f"staff:{carol.pk}", {"proofs": ["password", "totp"]})
    (ended,) = told("staff:session:ended")
    assert ended.reason == "signed out"


def test_every_page_that_takes_a_post_asks_for_the_csrf_token(carol: StaffUser) -> None:
    client = Client(enforce_csrf_checks=True)
    pages = list(get_resolver("compliance.signin.urls").url_patterns)
    for pattern in pages:
        address = "/account/" + str(pattern.pattern).replace("<int:pk>", "1")
        assert client.post(address, {"login": "carol", "password": PASSWORD}).status_code == 403, address
    for address in ("/admin/logout/", "/admin/login/", "/admin/password_change/"):
        assert client.post(address).status_code == 403, address


def test_after_signing_out_nothing_of_the_back_office_is_left_in_the_browser(carol: StaffUser) -> None:
    client = Client()
    pages = ["/admin/", "/admin/staff/staffuser/", "/account/sessions/"]
    walk_in(client, carol)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"], page
    client.post("/admin/logout/")
    for page in pages:
        assert client.get(page).status_code == 302
