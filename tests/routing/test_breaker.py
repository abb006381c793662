"""One breaker per gateway, shared by processes; no answer counts, a decline does not; without Valkey calls go on."""

from __future__ import annotations

import multiprocessing.dummy
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis

from casino.gateways import breaker
from casino.gateways.breaker import BreakerState, GatewayPaused, breaker_call, breaker_tell, breaker_view
from casino.routing.enums import SwitchState
from casino.routing.services.switches import gateway_switch
from common.clock import utc_now
from tests.routing.cast import ACTOR

pytestmark = pytest.mark.django_db


def answered() -> str:
    return "done"


def unanswered() -> str:
    return "unknown"


def call(gateway: str, what: Callable[[], str]) -> str:
    return breaker_call(gateway, what, unanswered=lambda reply: reply == "unknown")


@pytest.fixture
def impatient(settings: Any) -> Iterator[None]:
    """A breaker that tries again at once."""
    settings.GATEWAY_BREAKER_SECONDS = 0
    breaker._made.cache_clear()
    yield
    breaker._made.cache_clear()


def test_five_calls_without_an_answer_in_a_row_open_it_and_nothing_more_is_sent() -> None:
    for _ in range(4):
        call("north", unanswered)
    assert breaker_view("north").state is BreakerState.CLOSED
    assert breaker_view("north").failures == 4
    call("north", unanswered)
    seen = breaker_view("north")
    assert seen.state is BreakerState.OPEN
    assert seen.retry_at is not None
    assert not seen.lets_through

    def never() -> str:
        raise AssertionError("a call was sent")

    with pytest.raises(GatewayPaused):
        call("north", never)
    assert breaker_view("south").state is BreakerState.CLOSED, "each gateway has its own"


def test_a_decline_is_an_answer_and_ends_the_row() -> None:
    for _ in range(3):
        for _ in range(4):
            call("north", unanswered)
        call("north", lambda: "declined")
    assert breaker_view("north").state is BreakerState.CLOSED
    assert breaker_view("north").failures == 0


def test_an_exception_counts_and_comes_through() -> None:
    def broken() -> str:
        raise TimeoutError("no answer")

    for _ in range(5):
        with pytest.raises(TimeoutError):
            call("north", broken)
    assert breaker_view("north").state is BreakerState.OPEN


def test_when_its_time_is_over_one_call_tries_and_the_others_wait(impatient: None) -> None:
    for _ in range(5):
        breaker_tell("north", answered=False)
    assert breaker_view("north").state is BreakerState.HALF_OPEN

    def probe() -> str:
        with pytest.raises(GatewayPaused):
            call("north", answered)
        return "done"

    assert call("north", probe) == "done"
    assert breaker_view("north").state is BreakerState.CLOSED


def test_a_probe_without_an_answer_opens_it_again(impatient: None) -> None:
    for _ in range(5):
        breaker_tell("north", answered=False)
    call("north", unanswered)
    assert breaker_view("north").own is BreakerState.HALF_OPEN, "open, and at once due again"
    assert breaker_view("north").opened_at is not None


def test_a_killed_probe_frees_the_next_one(impatient: None, settings: Any) -> None:
    for _ in range(5):
        breaker_tell("north", answered=False)
    breaker.breaker_admit("north")
    with pytest.raises(GatewayPaused):
        call("north", answered)
    ttl = redis.Redis.from_url(settings.REDIS_URL).ttl("gateway:north:probe")
    assert 0 < ttl <= breaker.PROBE_SECONDS
    redis.Redis.from_url(settings.REDIS_URL).delete("gateway:north:probe")
    assert call("north", answered) == "done"


def test_another_process_sees_it_open(settings: Any) -> None:
    """A real process with nothing in its memory but the address of Valkey."""
    code = (
        "import sys, pybreaker, redis\n"
        "s = pybreaker.CircuitRedisStorage('closed', redis.Redis.from_url(sys.argv[1]), namespace='gateway:north')\n"
        "b = pybreaker.CircuitBreaker(fail_max=5, reset_timeout=60, state_storage=s)\n"
        "for _ in range(5):\n"
        "    try: b.call(lambda: 1 / 0)\n"
        "    except Exception: pass\n"
    )
    subprocess.run([sys.executable, "-c", code, settings.REDIS_URL], check=True, timeout=60, env=dict(os.environ))
    assert breaker_view("north").state is BreakerState.OPEN


def test_without_valkey_calls_go_on_and_soon(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(breaker, "_without_valkey_until", 0.0)
    for _ in range(20):
        assert call("north", unanswered) == "unknown"
    seen = breaker_view("north")
    assert (seen.state, seen.shared) == (BreakerState.CLOSED, False)


def test_staffs_word_goes_before_the_breakers_own() -> None:
    now = utc_now() - timedelta(minutes=1)
    for _ in range(5):
        breaker_tell("north", answered=False)
    gateway_switch(gateway="north", state=SwitchState.ON, starts_at=None, reason="they say it is", actor=ACTOR, now=now)
    assert call("north", answered) == "done"
    gateway_switch(gateway="south", state=SwitchState.OFF, starts_at=None, reason="works", actor=ACTOR, now=now)
    with pytest.raises(GatewayPaused):
        call("south", answered)
    assert breaker_view("south").forced is not None
    gateway_switch(gateway="south", state=SwitchState.AUTOMATIC, starts_at=None, reason="done", actor=ACTOR, now=now)
    assert call("south", answered) == "done"


def test_staffs_word_for_later_changes_nothing_yet() -> None:
    later = utc_now() + timedelta(hours=1)
    gateway_switch(gateway="north", state=SwitchState.OFF, starts_at=later, reason="works", actor=ACTOR, now=utc_now())
    assert call("north", answered) == "done"


def test_calls_of_one_process_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """pybreaker's own call would hold its lock while the network answers."""
    monkeypatch.setattr(breaker, "_forced_sources", [])  # threads of this test have no database
    with multiprocessing.dummy.Pool(2) as pool:
        gate = threading.Event()
        slow = pool.apply_async(call, ("north", lambda: "done" if gate.wait(20) else "unknown"))
        assert pool.apply_async(call, ("north", answered)).get(timeout=10) == "done"
        gate.set()
        assert slow.get(timeout=20) == "done"
