from __future__ import annotations

from datetime import timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from common.clock import utc_now
from compliance.signin.services.sessions import sessions_end_of
from compliance.staff.models import StaffUser
from tests.signin.people import MORNING, SIGN_IN, enrolled, is_inside, told, walk_in
from tests.signin.session import signed_in_client
from tests.staff import staff_member


def test_fifteen_minutes_without_a_request_end_a_session_on_the_server(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = Client()
        walk_in(client, carol)
        key = client.session.session_key
        clock.shift(timedelta(minutes=14, seconds=59))
        assert is_inside(client)
        clock.shift(timedelta(minutes=15))
        answer = client.get("/admin/staff/staffuser/?q=1", follow=True)
        assert answer.redirect_chain == [(f"{SIGN_IN}?next=%2Fadmin%2Fstaff%2Fstaffuser%2F%3Fq%3D1", 302)]
        assert "15 minutes without activity" in answer.content.decode()
        assert not Session.objects.filter(session_key=key).exists()
        assert not UserSession.objects.exists()
        assert told("staff:session:ended")[-1].reason == "idle"


def test_twelve_hours_end_a_session_however_busy(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = Client()
        walk_in(client, carol)
        for _ in range(12 * 6 - 1):
            clock.shift(timedelta(minutes=10))
            assert is_inside(client)
        clock.shift(timedelta(minutes=10))
        assert not is_inside(client)
        assert told("staff:session:ended")[-1].reason == "12 hours old"


def test_an_idle_form_in_the_background_is_led_to_the_sign_in_as_a_page(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = signed_in_client(carol)
        clock.shift(timedelta(minutes=16))
        answer = client.get("/admin/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Redirect"]) == (200, SIGN_IN)


def test_a_post_after_the_session_ended_is_not_carried_out(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client, other = Client(), Client()
        walk_in(client, carol)
        clock.shift(timedelta(seconds=31))
        walk_in(other, carol)
        clock.shift(timedelta(minutes=16))
        assert client.post("/account/sessions/", {"others": "1"})["Location"].startswith(SIGN_IN)
        assert UserSession.objects.count() == 1


def test_people_see_their_sessions_and_end_one_or_all_others(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        here, phone, tablet = (
            Client(),
            Client(headers={"User-Agent": "Phone"}),
            Client(headers={"User-Agent": "Tablet"}),
        )
        for client in (here, phone, tablet):
            walk_in(client, carol)
            clock.shift(timedelta(seconds=31))
        page = here.get("/account/sessions/").content.decode()
        assert page.count('name="session"') == 2
        assert "Phone" in page
        assert here.session.session_key not in page
        on_phone = UserSession.objects.get(user_agent="Phone")
        here.post("/account/sessions/", {"session": str(on_phone.pk)})
        assert not is_inside(phone)
        assert is_inside(tablet)
        here.post("/account/sessions/", {"others": "1"})
        assert not is_inside(tablet)
        assert is_inside(here)
        assert [event.reason for event in told("staff:session:ended")] == ["ended by its owner"] * 2


def test_nobody_ends_a_colleagues_session_by_its_number(carol: StaffUser) -> None:
    mallory = enrolled(staff_member("support", username="mallory"))
    victim, thief = Client(), Client()
    walk_in(victim, carol)
    walk_in(thief, mallory)
    theirs = UserSession.objects.get(user=carol)
    for number in (str(theirs.pk), "0", "x", "9" * 30, "-1"):
        answer = thief.post("/account/sessions/", {"session": number}, follow=True)
        assert "ended already" in answer.content.decode()
    assert is_inside(victim)
    assert thief.get(f"/admin/usersessions/usersession/{theirs.pk}/end/").status_code in {302, 403, 404}
    assert thief.post(f"/admin/usersessions/usersession/{theirs.pk}/end/", {"reason": "x"}).status_code != 200
    assert is_inside(victim)


def test_an_administrator_ends_a_colleagues_session_with_a_reason(carol: StaffUser) -> None:
    bob = enrolled(staff_member("support", username="bob"))
    his, hers = Client(), Client()
    walk_in(his, bob)
    walk_in(hers, carol)
    session = UserSession.objects.get(user=bob)
    listed = hers.get("/admin/usersessions/usersession/").content.decode()
    assert "bob" in listed
    assert session.session_key not in listed
    page = f"/admin/usersessions/usersession/{session.pk}/end/"
    assert hers.post(page, {"reason": ""}).status_code == 422
    assert hers.post(page, {"reason": "left the desk open"}).status_code == 302
    assert not is_inside(his)
    event = told("staff:session:ended")[-1]
    assert (event.actor, event.subject, event.reason) == (
        f"staff:{carol.pk}", f"staff.staffuser:{bob.pk}", "left the desk open",
    )  # fmt: skip


def test_switching_somebody_off_ends_the_sessions_at_once(carol: StaffUser) -> None:
    client = Client()
    walk_in(client, carol)
    key = client.session.session_key
    StaffUser.objects.filter(pk=carol.pk).update(is_active=False)
    assert not is_inside(client)
    StaffUser.objects.filter(pk=carol.pk).update(is_active=True)
    assert not is_inside(client), "switching on again revives nothing"
    assert not Session.objects.filter(session_key=key).exists()


def test_every_session_of_a_person_ends_by_one_service(carol: StaffUser) -> None:
    clients = [Client(), Client()]
    with time_machine.travel(MORNING, tick=False) as clock:
        for client in clients:
            walk_in(client, carol)
            clock.shift(timedelta(seconds=31))
        assert sessions_end_of(staff_id=carol.pk, actor="staff:1", reason="left", now=utc_now()) == 2
        assert not any(is_inside(client) for client in clients)


def test_the_cookie_is_kept_from_scripts_and_ends_with_the_browser(carol: StaffUser) -> None:
    client = Client()
    walk_in(client, carol)
    cookie = client.cookies["staff_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
