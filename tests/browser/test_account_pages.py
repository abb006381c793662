from __future__ import annotations

import pytest
from playwright.sync_api import Page

from common.clock import utc_now
from compliance.signin.services.recovery_codes import recovery_codes_issue
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn, give_password
from tests.browser.looks import fits, looks_of
from tests.signin.people import enrolled
from tests.staff import staff_member

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPKAAAA"
OWN = {
    "factors": "/account/second-factor/",
    "app-remove": "/account/second-factor/app/remove/",
    "recovery-codes": "/account/second-factor/recovery-codes/",
    "passkey-add": "/account/second-factor/passkeys/add/",
    "sessions": "/account/sessions/",
    "password": "/account/password/",
    "confirm-code": "/account/confirm/code/",
    "sign-out": "/account/sign-out/",
}
OFFICE = {
    "index": "/admin/",
    "list": "/admin/staff/staffuser/",
    "sessions-of-staff": "/admin/usersessions/usersession/",
    "form": "/admin/players/brand/add/",
}


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def test_the_door_is_accessible_in_every_look(page: Page) -> None:
    page.goto("/account/sign-in/")
    look_at(page, "sign-in")
    give_password(page, "nobody", "wrong")
    assert_accessible(page, "sign-in with an error")


def test_the_second_page_and_enrolment_are_accessible_in_every_look(page: Page) -> None:
    carol = enrolled(staff_member(username="carol"), SECRET)
    give_password(page, carol)
    look_at(page, "second-factor")
    page.context.clear_cookies()
    give_password(page, staff_member("support", username="dora"))
    look_at(page, "enrolment")
    page.goto("/account/second-factor/app/add/")
    look_at(page, "app-add")


@pytest.mark.parametrize("name", OWN)
def test_pages_of_ones_own_sign_in_are_accessible_in_every_look(name: str, signed_in: SignedIn) -> None:
    desk = signed_in("support")
    recovery_codes_issue(staff_id=desk.person.pk, actor=f"staff:{desk.person.pk}", now=utc_now())
    desk.page.goto(OWN[name])
    look_at(desk.page, f"own-{name}")


@pytest.mark.parametrize("name", OFFICE)
def test_pages_of_the_back_office_are_accessible_in_every_look(name: str, signed_in: SignedIn) -> None:
    page = signed_in("administrator").page
    page.goto(OFFICE[name])
    look_at(page, f"office-{name}")
