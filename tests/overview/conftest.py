"""Nothing that an earlier test's process or Valkey remembered, and somebody who may see everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from casino.games.selectors.providers import provider_names_forget
from compliance.staff.models import StaffUser
from compliance.staff.roles import ROLES
from tests.factories import caches_forget
from tests.signin.session import sign_in
from tests.staff import also_has_role, staff_member

Office = Callable[..., Client]


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    caches_forget()
    provider_names_forget()
    cache.clear()


@pytest.fixture
def office_of() -> Office:
    """The back office as somebody with a role sees it; further arguments are `staff_member`'s."""

    def make(role: str = "auditor", **scope: Any) -> Client:
        return sign_in(Client(), staff_member(role, **scope))

    return make


@pytest.fixture
def carol() -> StaffUser:
    """She holds every job at once."""
    carol = staff_member(username="carol")
    for seed in ROLES:
        if seed.code != "administrator":
            also_has_role(carol, seed.code)
    return carol


@pytest.fixture
def office(carol: StaffUser) -> Client:
    """The back office as Carol sees it."""
    return sign_in(Client(), carol)
