"""What a process remembers for a second, the names it makes, and the lane of signed calls."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from common.fresh import Fresh
from common.http.fast_lane import Environ, fast_lane
from common.ids import public_id, uuid7


def test_a_value_is_loaded_once_while_it_is_fresh_and_anew_when_it_is_not() -> None:
    loads: list[str] = []

    def load(key: str) -> int:
        loads.append(key)
        return len(loads)

    fresh = Fresh(load, seconds=0.05, most=2)
    assert [fresh.get("a"), fresh.get("a"), fresh.get("b")] == [1, 1, 2]
    time.sleep(0.06)
    assert fresh.get("a") == 3
    fresh.forget()
    assert fresh.get("a") == 4
    for key in "bcd":
        fresh.get(key)
    assert len(fresh._held) <= 2, "memory is bounded"


def test_what_can_not_be_loaded_is_not_remembered() -> None:
    answers: Iterator[int | Exception] = iter([ZeroDivisionError(), 7])

    def load(_key: str) -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    fresh = Fresh(load)
    with pytest.raises(ZeroDivisionError):
        fresh.get("a")
    assert fresh.get("a") == 7


def test_ids_are_version_7_grow_with_time_and_never_repeat() -> None:
    made = [uuid7() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    time.sleep(0.002)
    assert uuid7() > max(made)


def test_public_names_can_not_be_guessed_or_misread() -> None:
    names = {public_id("pl") for _ in range(1000)}
    assert len(names) == 1000
    for name in names:
        prefix, _, rest = name.partition("_")
        assert prefix == "pl"
        assert len(rest) == 20
        assert not set(rest) & set("ilou")


def test_only_calls_of_the_wallet_take_the_fast_lane() -> None:
    slow: list[str] = []

    def browser(environ: Environ, _start: object) -> list[bytes]:
        slow.append(str(environ["PATH_INFO"]))
        return [b"slow"]

    lane = fast_lane(browser)
    make = RequestFactory()
    said: list[str] = []
    for path in ("/api/wallet/v1/ping", "/api/wallet/v1/nothing/here", "/api/wallet/v10/ping", "/", "/admin/"):
        b"".join(lane(make.get(path).environ, lambda status, _headers: said.append(status)))
    assert slow == ["/", "/admin/"]
    assert said == ["200 OK", "404 Not Found", "404 Not Found"]
