"""Every test here starts with a process that remembers nothing of the rows of the last one."""

from collections.abc import Iterator

import pytest

from tests.factories import caches_forget


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    """Ids of accounts, rates and jackpots are remembered by the process; the tables are emptied between tests."""
    caches_forget()
    yield
    caches_forget()
