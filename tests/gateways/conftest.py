"""The sandbox gateway is connected, and the cashier of the tests hears its news in place of the house's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from django.conf import LazySettings

from casino.gateways import breaker, registry
from tests.gateways.box import effect, gateways_setting


@pytest.fixture
def box(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[LazySettings]:
    settings.GATEWAYS = gateways_setting()
    valkey = redis.Redis.from_url(settings.REDIS_URL)
    monkeypatch.setattr(registry, "_handlers", [effect])
    monkeypatch.setattr(registry, "_open", [])
    # A test that takes Valkey away leaves the breaker without it for a while.
    monkeypatch.setattr(breaker, "_without_valkey_until", 0.0)
    valkey.flushdb()
    yield settings
    valkey.flushdb()
