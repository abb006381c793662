"""A process that remembers nothing of the test before."""

from __future__ import annotations

import pytest

from tests.admin import office as back_office
from tests.factories import caches_forget


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    back_office.nothing_remembered()
    caches_forget()
