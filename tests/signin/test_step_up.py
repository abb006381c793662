from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from compliance.staff.models import StaffUser
from tests.signin.people import MORNING, code, enrolled, told, walk_in
from tests.staff import staff_member

CONFIRM = "/account/confirm/code/"


@pytest.fixture
def page(carol: StaffUser) -> str:
    """A sensitive step: ending the session of Bob."""
    bob = enrolled(staff_member("support", username="bob"))
    walk_in(Client(), bob)
    return f"/admin/usersessions/usersession/{UserSession.objects.get(user=bob).pk}/end/"


def test_a_sensitive_step_asks_for_the_factor_again_after_five_minutes(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        bob = enrolled(staff_member("support", username="bob"))
        walk_in(Client(), bob)
        page = f"/admin/usersessions/usersession/{UserSession.objects.get(user=bob).pk}/end/"
        client = Client()
        walk_in(client, carol)
        assert client.get(page).status_code == 200, "the sign-in itself was the proof"
        clock.shift(timedelta(minutes=5, seconds=1))
        asked = client.get(page)
        assert asked["Location"].startswith(CONFIRM)
        assert client.get("/admin/").status_code == 200, "everything else goes on"
        assert client.post(asked["Location"], {"code": "000000", "next": page}).status_code == 200
        assert client.get(page).status_code == 302
        done = client.post(asked["Location"], {"code": code(), "next": page})
        assert done["Location"] == page
        assert client.get(page).status_code == 200
        (event,) = told("staff:stepup:passed")
        assert (event.actor, event.after) == (f"staff:{carol.pk}", {"proof": "totp"})


def test_what_was_typed_meanwhile_is_carried_out_after_the_proof(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        bob = enrolled(staff_member("support", username="bob"))
        walk_in(Client(), bob)
        page = f"/admin/usersessions/usersession/{UserSession.objects.get(user=bob).pk}/end/"
        client = Client()
        walk_in(client, carol)
        clock.shift(timedelta(minutes=6))
        asked = client.post(page, {"reason": "left the desk open"})
        assert asked["Location"].startswith(CONFIRM)
        assert UserSession.objects.filter(user=bob).exists()
        client.post(asked["Location"], {"code": code(), "next": page})
        assert not UserSession.objects.filter(user=bob).exists()
        assert told("staff:session:ended")[-1].reason == "left the desk open"


def test_the_password_is_no_proof_for_somebody_with_a_factor(carol: StaffUser, page: str) -> None:
    client = Client()
    with time_machine.travel(MORNING, tick=False) as clock:
        walk_in(client, carol)
        clock.shift(timedelta(minutes=6))
        answer = client.get("/account/confirm/password/")
        assert answer["Location"].startswith(CONFIRM)
        client.post("/account/confirm/password/", {"password": "a long enough password 1"})
        assert client.get("/account/password/")["Location"].startswith(CONFIRM)


def test_wrong_codes_at_step_up_lock_the_name(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = Client()
        walk_in(client, carol)
        clock.shift(timedelta(minutes=6))
        answers = [client.post(CONFIRM, {"code": f"{number:06}"}).status_code for number in range(6)]
        assert answers[-1] == 429
        assert client.post(CONFIRM, {"code": code()}).status_code == 429
