"""Nothing that an earlier test remembered."""

from __future__ import annotations

import pytest

from tests.admin.office import nothing_remembered


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    nothing_remembered()
