"""A house with one game and Alice at it, and the people of the back office who stop and resume play."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.admin import office as back_office
from tests.admin.office import Office as SignedIn
from tests.casino.play.table import Table, table_make

__all__ = ["SignedIn"]


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    back_office.nothing_remembered()


@pytest.fixture
def table() -> Table:
    """Alice plays with 100.00 EUR."""
    return table_make("100")


@pytest.fixture
def office() -> SignedIn:
    """A compliance officer's, or another role's."""

    def signed_in(role: str = "compliance_officer", **options: Any) -> Client:
        return back_office.office_of(role, **options)

    return signed_in
