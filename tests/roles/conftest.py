"""The furnished house, once for a test, and the browser of somebody with a role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from casino.games.selectors.providers import provider_names_forget
from casino.jackpots.selectors.pools import pools_forget
from tests.factories import caches_forget
from tests.roles.furnished import Furnished, furnish
from tests.signin.session import sign_in
from tests.staff import staff_member

SignedIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    """Nothing that an earlier test's process remembered."""
    caches_forget()
    provider_names_forget()
    pools_forget()
    cache.clear()


@pytest.fixture
def house() -> Furnished:
    return furnish()


@pytest.fixture
def signed_in() -> SignedIn:
    """`signed_in("support", brands=[aurora])`: a client of somebody new with that role and reach."""

    def client_of(role: str, **scope: object) -> Client:
        return sign_in(Client(raise_request_exception=False), staff_member(role, **scope))  # type: ignore[arg-type]  # the scope of staff_member

    return client_of
