from __future__ import annotations

import pytest
import redis
from django.conf import settings

from players.models import Brand
from tests.accounts.cast import Caller, body, brand_with_terms


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No call was made yet."""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()


@pytest.fixture
def aurora(db: None) -> Brand:
    """A brand under the licence of Malta."""
    return brand_with_terms()


@pytest.fixture
def alice(aurora: Brand) -> Caller:
    """Alice, registered and signed in by her laptop."""
    caller = Caller()
    answer = caller.post("register", body())
    assert answer.status_code == 201, answer.content
    caller.token = answer.json()["token"]
    return caller
