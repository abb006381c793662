"""Shops in place of vendors, cards on offer, breakers that nobody tripped, and Alice, who has nothing yet."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis

from players.models import Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.cashier.scene import Shop, shops
from tests.factories import NOON, caches_forget, player_make


@pytest.fixture(autouse=True)
def market(settings: Any) -> Iterator[dict[str, Shop]]:
    caches_forget()
    with shops(settings) as made:
        yield made
    for key in (valkey := redis.Redis.from_url(settings.REDIS_URL)).scan_iter("gateway:*"):
        valkey.delete(key)


@pytest.fixture
def alice(db: None) -> Player:
    player = player_make(balance="0")
    personal_data_set(
        player_id=player.pk, details=PersonalDetails(full_name="Alice Smith", email="alice@example.org"), reason="",
        actor="system:tests", now=NOON,
    )  # fmt: skip
    return player
