"""Sign-in while Redis is down, by a Redis that really is: an address where nothing listens."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from common.services.valkey import free_port
from compliance.staff.models import StaffUser
from tests.signin.people import CODE_PAGE, code, give_password, is_inside, walk_in


@pytest.fixture
def redis_down(settings: Settings) -> None:
    nowhere = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    settings.CACHES = nowhere


def test_nobody_signs_in_while_redis_is_down_and_the_page_says_so(carol: StaffUser, redis_down: None) -> None:
    client = Client()
    answer = give_password(client, carol)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "nobody can sign in at the moment" in answer.content.decode()
    assert client.get("/account/sign-in/").status_code == 200


def test_whoever_is_signed_in_goes_on_while_redis_is_down(carol: StaffUser, request: pytest.FixtureRequest) -> None:
    client = Client()
    walk_in(client, carol)
    request.getfixturevalue("redis_down")
    assert is_inside(client)
    assert client.get("/account/sessions/").status_code == 200


def test_a_code_stays_single_use_when_redis_forgot_everything(carol: StaffUser) -> None:
    right = code()
    first, second = Client(), Client()
    give_password(first, carol)
    first.post(CODE_PAGE, {"code": right})
    cache.clear()
    give_password(second, carol)
    second.post(CODE_PAGE, {"code": right})
    assert not is_inside(second)
