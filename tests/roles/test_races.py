"""What two administrators do to each other, or add, in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from common.clock import utc_now
from common.errors import Refusal
from compliance.staff.errors import LastAdministrator, UserNameTaken
from compliance.staff.models import RoleGrant, StaffUser
from compliance.staff.selectors.grants import administrators
from compliance.staff.services.people import staff_add, staff_deactivate
from compliance.staff.services.role_grants import role_revoke
from tests.staff import PASSWORD, staff_member
from tests.waiting import Owner, begun_behind

pytestmark = pytest.mark.django_db(transaction=True)


def refusal_of(step: Callable[[], object]) -> type[Refusal] | None:
    try:
        step()
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.fixture
def two() -> tuple[StaffUser, StaffUser]:
    return staff_member("administrator", username="anna"), staff_member("administrator", username="boris")


def switch_off(person: StaffUser, by: StaffUser) -> None:
    staff_deactivate(staff_id=person.pk, actor=f"staff:{by.pk}", reason="left", now=utc_now())


def revoke(person: StaffUser, by: StaffUser) -> None:
    grant = RoleGrant.objects.get(staff=person)
    role_revoke(grant_id=grant.pk, actor=f"staff:{by.pk}", reason="left", now=utc_now())


@pytest.mark.parametrize("first", [switch_off, revoke])
@pytest.mark.parametrize("second", [switch_off, revoke])
def test_two_administrators_who_take_each_other_away_leave_one(
    first: Callable[[StaffUser, StaffUser], None], second: Callable[[StaffUser, StaffUser], None],
    two: tuple[StaffUser, StaffUser], owner_connection: Owner,
) -> None:  # fmt: skip
    anna, boris = two
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first(boris, anna)
            other = begun_behind(pool, owner_connection, lambda: refusal_of(lambda: second(anna, boris)))
        assert other.result() is LastAdministrator
    assert [person.username for person in administrators(now=utc_now())] == ["anna"]


def test_one_name_in_two_spellings_is_added_once(owner_connection: Owner) -> None:
    def add(username: str, number: str) -> None:
        staff_add(
            username=username, first_name="", last_name="", email="", personnel_number=number, password=PASSWORD,
            actor="staff:1", reason="joins", now=utc_now(),
        )  # fmt: skip

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            add("mallory", "P-1")
            other = begun_behind(pool, owner_connection, lambda: refusal_of(lambda: add("Mallory", "P-2")))
        assert other.result() is UserNameTaken
    assert [person.username for person in StaffUser.objects.all()] == ["mallory"]
