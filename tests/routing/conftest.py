"""Three gateways to plan with, one of them without an address, and breakers that nobody tripped."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis

from casino.routing import registry
from tests.factories import caches_forget
from tests.routing.cast import gateways


@pytest.fixture(autouse=True)
def shops(settings: Any) -> Iterator[None]:
    caches_forget()
    valkey = redis.Redis.from_url(settings.REDIS_URL)  # a test may name another address
    sources = list(registry._sources)
    registry._sources.clear()
    with gateways(settings, "north", "south", "east", without_address=("nowhere",)):
        yield
    registry._sources[:] = sources
    for key in valkey.scan_iter("gateway:*"):
        valkey.delete(key)
