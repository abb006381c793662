from collections.abc import Iterator

import pytest

from tests.factories import caches_forget
from tests.reconciliation.scene import Scene


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    """Ids of accounts and rates are remembered by the process; the tables are emptied between tests."""
    caches_forget()
    yield
    caches_forget()


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()
