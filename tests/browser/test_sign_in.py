from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from playwright.sync_api import Page, expect

from common.clock import utc_now
from tests.browser.harness import SignedIn, give_password, walk_in
from tests.browser.watch import Watch
from tests.signin.people import MORNING, code, enrolled, told
from tests.staff import staff_member

NewPage = Callable[..., tuple[Page, Watch]]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPKAAAA"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_new_person_enrols_an_app_keeps_recovery_codes_and_signs_in_with_it_next_time(page: Page) -> None:
    dora = staff_member("support", username="dora")
    give_password(page, dora)
    expect(page.get_by_role("heading", name="Second factor", exact=True)).to_be_visible()
    expect(page.get_by_text("Before anything else, add a second factor")).to_be_visible()
    page.get_by_role("link", name="Add an authenticator app").click()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Code").fill("000000")
    press(page, "Add the app")
    expect(page.get_by_text("That code is not right")).to_be_visible()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Code").fill(code(secret))
    press(page, "Add the app")
    press(page, "Make recovery codes")
    expect(page.locator(".recovery-codes code")).to_have_count(10)
    kept = page.locator(".recovery-codes code").all_inner_texts()
    page.get_by_role("link", name="I have kept them: go on").click()
    page.wait_for_url("**/admin/")
    sign_out(page)
    give_password(page, dora)
    page.get_by_label("Code").fill(code(secret, steps=1))
    press(page, "Sign in")
    page.wait_for_url("**/admin/")
    sign_out(page)
    give_password(page, dora)
    page.get_by_label("Code").fill(kept[0])
    press(page, "Sign in")
    page.wait_for_url("**/admin/")


def sign_out(page: Page) -> None:
    page.goto("/account/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Username")).to_be_visible()


def test_a_wrong_password_and_a_wrong_code_say_so_beside_the_field(page: Page) -> None:
    carol = enrolled(staff_member(username="carol"), SECRET)
    give_password(page, carol, "wrong")
    expect(page.get_by_text("username and/or password you specified are not correct")).to_be_visible()
    give_password(page, carol)
    page.get_by_label("Code").fill("123456")
    press(page, "Sign in")
    expect(page.get_by_text("That code is not right")).to_be_visible()
    expect(page.get_by_label("Code")).to_have_attribute("aria-invalid", "true")


def test_six_failures_lock_the_name_also_for_the_right_password(new_page: NewPage) -> None:
    page, watch = new_page()
    watch.allow("status of 429")
    carol = enrolled(staff_member(username="carol"), SECRET)
    for number in range(6):
        give_password(page, carol, f"wrong {number}")
    expect(page.get_by_role("heading", name="Sign-in is locked")).to_be_visible()
    give_password(page, carol)
    expect(page.get_by_role("heading", name="Sign-in is locked")).to_be_visible()


def test_fifteen_idle_minutes_lead_to_the_sign_in_and_back_to_the_page(new_page: NewPage) -> None:
    page, _watch = new_page()
    carol = enrolled(staff_member(username="carol"), SECRET)
    with time_machine.travel(MORNING, tick=True) as clock:
        walk_in(page, carol, SECRET)
        page.goto("/admin/staff/staffuser/")
        clock.shift(timedelta(minutes=16))
        page.reload()
        expect(page.get_by_text("signed out after 15 minutes without activity")).to_be_visible()
        page.get_by_label("Username").fill("carol")
        page.get_by_label("Password").fill("a long enough password 1")
        press(page, "Sign in")
        page.get_by_label("Code").fill(code(SECRET))
        press(page, "Sign in")
        page.wait_for_url("**/admin/staff/staffuser/")
    assert told("staff:session:ended")[0].reason == "idle"


def test_a_session_is_ended_from_another_place(new_page: NewPage) -> None:
    carol = enrolled(staff_member(username="carol"), SECRET)
    desk, _ = new_page()
    phone, _ = new_page(user_agent="Phone browser")
    walk_in(desk, carol, SECRET)
    Authenticator.objects.update(data=Authenticator.objects.get().data | {"last_step": 0})
    walk_in(phone, carol, SECRET)
    desk.goto("/account/sessions/")
    desk.get_by_role("row", name="Phone browser").get_by_role("button", name="End it").click()
    expect(desk.get_by_text("The session ended.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("Username")).to_be_visible()
    assert UserSession.objects.filter(user=carol).count() == 1


def test_nothing_is_seen_by_the_back_button_after_signing_out(signed_in: SignedIn) -> None:
    page = signed_in("administrator").page
    page.goto("/admin/staff/staffuser/")
    expect(page.get_by_text("administrator-").first).to_be_visible()
    sign_out(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Username")).to_be_visible()


def test_a_passkey_is_enrolled_signs_in_alone_and_answers_a_step_up(page: Page) -> None:
    carol = enrolled(staff_member("administrator", username="carol"), SECRET)
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    with time_machine.travel(utc_now(), tick=True) as clock:
        walk_in(page, carol, SECRET)
        page.goto("/account/second-factor/")
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("Name").fill("Carol's laptop")
        page.get_by_label("Sign in with it alone").check()
        press(page, "Add the passkey")
        page.wait_for_url("**/account/second-factor/recovery-codes/")
        page.goto("/account/second-factor/")
        expect(page.locator("main li").get_by_text("Carol's laptop").first).to_be_visible()
        expect(page.get_by_text("signs in alone")).to_be_visible()
        sign_out(page)
        press(page, "Sign in with a passkey")
        page.wait_for_url("**/admin/")
        clock.shift(timedelta(minutes=6))
        page.goto("/account/password/")
        page.get_by_role("link", name="Use a security key").click()
        press(page, "Use your passkey")
        expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
        sign_out(page)
        give_password(page, carol)
        press(page, "Use a passkey instead")
        page.wait_for_url("**/admin/")
    assert [event.after for event in told("staff:stepup:passed")] == [{"proof": "webauthn"}]
    assert [event.after for event in told("staff:session:started")][1:] == [
        {"proofs": ["webauthn"]}, {"proofs": ["password", "webauthn"]},
    ]  # fmt: skip


def test_a_passkey_that_does_not_fit_is_told_on_the_page(page: Page) -> None:
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
            }
        },
    )
    page.goto("/account/sign-in/")
    press(page, "Sign in with a passkey")
    expect(page.get_by_text("No passkey was used")).to_be_visible()
