"""A new colleague chooses the own password by a link that counts once: nobody else ever knows it (SEC-12)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from common.clock import utc_now
from compliance.audit.models import AuditEvent
from compliance.signin.errors import InvitationNotNeeded, InvitationNotValid
from compliance.signin.models import Invitation
from compliance.signin.services.invitations import invitation_make, invitation_use
from compliance.staff.models import StaffUser
from compliance.staff.services.people import staff_add, staff_deactivate
from tests.signin.session import sign_in
from tests.staff import PASSWORD, staff_member

pytestmark = pytest.mark.django_db
CHOSEN = "her own long phrase 7"


def newcomer(username: str = "dora") -> StaffUser:
    """Somebody who was added, and has no password."""
    return staff_add(
        username=username, first_name="Dora", last_name="Lind", email="", personnel_number="P-9", actor="staff:1",
        reason="joins support", now=utc_now(),
    )  # fmt: skip


def invited(person: StaffUser, now: datetime | None = None) -> str:
    return invitation_make(staff_id=person.pk, actor="staff:1", now=now or utc_now()).token


def address(token: str) -> str:
    return f"/account/invitation/{token}/"


def twice(password: str) -> dict[str, str]:
    return {"password1": password, "password2": password}


def test_an_administrator_adds_somebody_sees_the_link_once_and_the_colleague_chooses_the_password() -> None:
    root = sign_in(Client(), staff_member("administrator"))
    names = {"username": "dora", "first_name": "Dora", "last_name": "Lind", "email": "", "reason": "joins support"}
    assert root.post("/admin/staff/staffuser/add/", names | {"personnel_number": "P-9"}).status_code == 302
    dora = StaffUser.objects.get(username="dora")
    assert not dora.has_usable_password()
    page = root.post(f"/admin/staff/staffuser/{dora.pk}/invite/")
    (link,) = re.findall(r"/account/invitation/[\w-]+/", page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "/account/invitation/" not in root.get(f"/admin/staff/staffuser/{dora.pk}/change/").content.decode()

    colleague = Client()
    assert "You sign in as" in colleague.get(link).content.decode()
    used = colleague.post(link, twice(CHOSEN), follow=True)
    assert "Your password is set. Sign in as dora." in used.content.decode()
    dora.refresh_from_db()
    assert dora.check_password(CHOSEN)
    assert colleague.get(link).status_code == 404
    told = AuditEvent.objects.filter(name__startswith="staff:invitation:").order_by("pk")
    assert [(event.name, event.subject) for event in told] == [
        ("staff:invitation:made", f"staff.staffuser:{dora.pk}"), ("staff:invitation:used", f"staff.staffuser:{dora.pk}")
    ]  # fmt: skip
    assert told[1].actor == f"staff:{dora.pk}"
    assert link.split("/")[-2] not in str(list(AuditEvent.objects.values()))


def test_without_a_password_nobody_signs_in_under_the_name() -> None:
    newcomer()
    for password in ("", "!", PASSWORD):
        Client().post("/account/sign-in/", {"login": "dora", "password": password})
    assert not AuditEvent.objects.filter(name="staff:session:started").exists()


@pytest.mark.parametrize("password", ["short1", "onlyletterslong", "password1234", "dora-lind-1"])
def test_a_weak_password_is_told_and_the_link_still_counts(password: str) -> None:
    dora = newcomer()
    link = address(invited(dora))
    weak = Client().post(link, twice(password))
    assert weak.status_code == 422
    assert 'aria-invalid="true"' in weak.content.decode()
    assert Client().post(link, twice(CHOSEN)).status_code == 302


def test_two_different_passwords_are_refused() -> None:
    link = address(invited(newcomer()))
    differ = Client().post(link, {"password1": CHOSEN, "password2": f"{CHOSEN}x"})
    assert (differ.status_code, "The two passwords differ." in differ.content.decode()) == (422, True)


def test_used_late_replaced_and_invented_links_are_one_answer() -> None:
    dora = newcomer()
    first = invited(dora)
    second = invited(dora)
    late = [Client().get(address(token)) for token in (first, "x" * 43, "y" * 5000, "%00")]
    with time_machine.travel(utc_now() + timedelta(hours=48, seconds=1)):
        late.append(Client().post(address(second), twice(CHOSEN)))
    assert {answer.status_code for answer in late} == {404}
    assert {"does not count any more" in answer.content.decode() for answer in late} == {True}
    assert not StaffUser.objects.get(pk=dora.pk).has_usable_password()


def test_who_has_a_password_or_is_switched_off_is_not_invited() -> None:
    with pytest.raises(InvitationNotNeeded):
        invited(staff_member("support"))
    dora = newcomer()
    token = invited(dora)
    staff_deactivate(staff_id=dora.pk, actor="staff:1", reason="did not come", now=utc_now())
    with pytest.raises(InvitationNotNeeded):
        invited(dora)
    with pytest.raises(InvitationNotValid):
        invitation_use(token=token, password=CHOSEN, now=utc_now())
    page = sign_in(Client(), staff_member("administrator")).get(f"/admin/staff/staffuser/{dora.pk}/change/")
    assert "/invite/" not in page.content.decode()


def test_the_chosen_password_is_one_of_those_that_do_not_come_back() -> None:
    dora = newcomer()
    invitation_use(token=invited(dora), password=CHOSEN, now=utc_now())
    with pytest.raises(ValidationError, match="had this password"):
        validate_password(CHOSEN, StaffUser.objects.get(pk=dora.pk))


@pytest.mark.django_db(transaction=True)
def test_one_link_used_twice_at_once_sets_one_password() -> None:
    token = invited(newcomer())

    def use(password: str) -> bool:
        try:
            invitation_use(token=token, password=password, now=utc_now())
        except InvitationNotValid:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(use, [CHOSEN, f"{CHOSEN}8"]))
    assert sorted(done) == [False, True]
    assert Invitation.objects.exclude(used_at=None).count() == 1
