from __future__ import annotations

import pytest
from django.core.cache import cache

from compliance.staff.models import StaffUser
from tests.signin.people import enrolled
from tests.staff import staff_member


@pytest.fixture(autouse=True)
def _no_attempts_of_other_tests(db: None) -> None:
    cache.clear()


@pytest.fixture
def carol() -> StaffUser:
    """Administrator, with an authenticator app."""
    return enrolled(staff_member("administrator", username="carol"))


@pytest.fixture
def dora() -> StaffUser:
    """New here: no second factor yet."""
    return staff_member("support", username="dora")
