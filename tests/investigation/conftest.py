"""A disputed round of Alice's, and the people who look into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from casino.games.selectors.providers import provider_names_forget
from casino.play.models import Round
from tests.casino.calls.conftest import spool
from tests.factories import caches_forget
from tests.investigation.chaos import Chaos, disputed
from tests.signin.session import sign_in
from tests.staff import staff_member
from tests.wallet.sealing.sealer import seal_key

__all__ = ["seal_key", "spool"]
Office = Callable[..., Client]


@pytest.fixture(autouse=True)
def _forget(transactional_db: None) -> None:
    """Nothing that an earlier test's process remembered."""
    caches_forget()
    provider_names_forget()
    cache.clear()


@pytest.fixture
def chaos(spool: Path) -> Chaos:
    """Alice with 100.00 EUR at a provider of a bad network."""
    return Chaos()


@pytest.fixture
def round_(chaos: Chaos) -> Round:
    """The disputed round."""
    return disputed(chaos)


@pytest.fixture
def office() -> Office:
    """The back office as somebody with a role sees it."""

    def signed_in(role: str = "compliance_officer", **scope: object) -> Client:
        client = Client()
        sign_in(client, staff_member(role, **scope))  # type: ignore[arg-type]
        return client

    return signed_in
