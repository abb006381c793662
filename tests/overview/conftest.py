"""Nothing that an earlier test remembered, and somebody who may see everything."""

from __future__ import annotations

import pytest
from django.test import Client

from compliance.staff.models import StaffUser
from tests.admin import office as back_office
from tests.admin.office import Office

__all__ = ["Office"]


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    back_office.nothing_remembered()


@pytest.fixture
def office_of() -> Office:
    return back_office.office_of


@pytest.fixture
def carol() -> StaffUser:
    return back_office.carol_make()


@pytest.fixture
def office(carol: StaffUser) -> Client:
    return back_office.office_for(carol)
