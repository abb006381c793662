"""The back office as people of the tests see it: nothing remembered, Carol with every job, somebody with one role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.test import Client

from casino.games.selectors.providers import provider_names_forget
from compliance.staff.models import StaffUser
from compliance.staff.roles import ROLES
from tests.factories import caches_forget
from tests.signin.session import sign_in
from tests.staff import also_has_role, staff_member

Office = Callable[..., Client]


def nothing_remembered() -> None:
    """Drop what an earlier test's process or Valkey remembered."""
    caches_forget()
    provider_names_forget()
    cache.clear()


def carol_make() -> StaffUser:
    """She holds every job at once, so that tests meet every screen; tests/roles walk them job by job."""
    carol = staff_member(username="carol")
    for seed in ROLES:
        if seed.code != "administrator":
            also_has_role(carol, seed.code)
    return carol


def office_for(person: StaffUser, *, strict: bool = False) -> Client:
    """What the browser of somebody who signed in gets; with CSRF checked when `strict`."""
    return sign_in(Client(enforce_csrf_checks=strict), person)


def office_of(role: str = "auditor", *, strict: bool = False, **scope: Any) -> Client:
    """The same of a new person with a role; further arguments are `staff_member`'s."""
    return office_for(staff_member(role, **scope), strict=strict)
