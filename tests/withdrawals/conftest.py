"""Shops in place of vendors, breakers that nobody tripped, and Alice, verified, with a card that money came from."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis

from players.models import Player
from tests.cashier.scene import Shop, shops
from tests.factories import caches_forget
from tests.withdrawals.scene import alice_make


@pytest.fixture(autouse=True)
def market(settings: Any) -> Iterator[dict[str, Shop]]:
    caches_forget()
    with shops(settings) as made:
        yield made
    for key in (valkey := redis.Redis.from_url(settings.REDIS_URL)).scan_iter("gateway:*"):
        valkey.delete(key)


@pytest.fixture
def alice(db: None) -> Player:
    return alice_make()
