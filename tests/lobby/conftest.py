"""Every test here starts with a process that remembers nothing of the rows of the last one."""

from collections.abc import Iterator

import pytest

from compliance.policy.selectors.policies import policy_forget
from tests.factories import caches_forget


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    """Ids of accounts and rates, and the policy, are remembered by the process; tables are emptied between tests."""
    caches_forget()
    policy_forget()
    yield
    caches_forget()
    policy_forget()
