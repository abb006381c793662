"""A house with one game and Alice at it, and the people of the back office who stop and resume play."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.core.cache import cache
from django.test import Client

from casino.games.selectors.providers import provider_names_forget
from tests.casino.play.table import Table, table_make
from tests.factories import caches_forget
from tests.signin.session import sign_in
from tests.staff import staff_member

SignedIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    """Nothing that an earlier test's process remembered."""
    caches_forget()
    provider_names_forget()
    cache.clear()


@pytest.fixture
def table() -> Table:
    """Alice plays with 100.00 EUR."""
    return table_make("100")


@pytest.fixture
def office() -> SignedIn:
    """The back office as somebody with a role sees it; CSRF is checked when `strict`."""

    def signed_in(role: str = "compliance_officer", *, strict: bool = False, brands: Sequence[int] = ()) -> Client:
        client = Client(enforce_csrf_checks=strict)
        sign_in(client, staff_member(role, brands=brands))
        return client

    return signed_in
