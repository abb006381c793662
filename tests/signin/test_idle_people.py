from __future__ import annotations

from datetime import timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from common.clock import utc_now
from compliance.signin.services.idle_people import idle_people_switch_off
from compliance.signin.tasks import clear_staff_sessions, switch_off_idle_staff
from compliance.staff.models import StaffUser
from compliance.staff.services.people import staff_activate, staff_deactivate
from tests.signin.people import MORNING, give_password, is_inside, told, walk_in
from tests.staff import staff_member


def test_a_name_unused_for_ninety_days_is_switched_off_and_can_be_switched_on_again(carol: StaffUser) -> None:
    bob = staff_member("support", username="bob")
    dora = staff_member("support", username="dora")
    now = utc_now()
    StaffUser.objects.update(date_joined=now - timedelta(days=200))
    StaffUser.objects.filter(pk=dora.pk).update(last_login=now - timedelta(days=89))
    assert idle_people_switch_off(now=now) == ("bob",), "carol is the last administrator"
    (event,) = told("staff:member:switched_off")
    assert (event.actor, event.subject, event.reason) == (
        "system:idle", f"staff.staffuser:{bob.pk}", "no sign-in for 90 days",
    )  # fmt: skip
    assert give_password(Client(), "bob").status_code == 200
    staff_activate(staff_id=bob.pk, actor=f"staff:{carol.pk}", reason="back from leave", now=now)
    switch_off_idle_staff()
    assert StaffUser.objects.get(pk=bob.pk).is_active, "he has another 90 days"
    assert idle_people_switch_off(now=now + timedelta(days=91)) == ("bob", "dora")


def test_switching_off_by_a_colleague_ends_every_session(carol: StaffUser) -> None:
    bob = staff_member("administrator", username="bob")
    client = Client()
    walk_in(client, carol)
    staff_deactivate(staff_id=carol.pk, actor=f"staff:{bob.pk}", reason="left", now=utc_now())
    assert not is_inside(client)
    assert not UserSession.objects.exists()
    assert told("staff:session:ended")[-1].reason == "switched off"


def test_sessions_that_ran_out_leave_the_database(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        walk_in(Client(), carol)
        clock.shift(timedelta(hours=11))
        clear_staff_sessions()
        assert UserSession.objects.count() == 1
        clock.shift(timedelta(hours=2))
        clear_staff_sessions()
        assert UserSession.objects.count() == Session.objects.count() == 0
