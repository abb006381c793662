from collections.abc import Iterator

import pytest

from compliance.policy.selectors.policies import policy_forget
from tests.factories import caches_forget


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """What this process remembers of rows of the last test."""
    caches_forget()
    policy_forget()
    yield
    caches_forget()
    policy_forget()
