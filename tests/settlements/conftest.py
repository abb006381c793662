import pytest

from tests.factories import caches_forget


@pytest.fixture(autouse=True)
def fresh_house() -> None:
    """What a process remembers of the house's accounts went with the tables."""
    caches_forget()
