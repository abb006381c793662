"""A circuit breaker per gateway: one that does not answer is left alone for a while, by every process at once.

pybreaker keeps the states and shares them through Valkey. Its own `call` holds a lock of the process while the call
runs, so the network is called outside of it and the outcome is told afterwards. Only an answer that never came counts
(UNKNOWN, a time-out, an exception); a decline is a healthy answer. Valkey down: calls go on (ADR 0005's rule).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar

import pybreaker
import redis
from django.conf import settings

from common.errors import Refusal

log = logging.getLogger(__name__)
Answered = TypeVar("Answered")
# A probe that was killed on its way frees the next one after this: longer than any call to a gateway may take.
PROBE_SECONDS: Final = 40
VALKEY_SECONDS: Final = 0.2
VALKEY_PAUSE_SECONDS: Final = 5.0
NAMESPACE: Final = "gateway"


class BreakerState(StrEnum):
    """What happens to a call: it goes on, is refused at once, or the next one tries whether the gateway is back."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


class GatewayPaused(Refusal):
    code = "gateway_paused"
    message = "This payment gateway does not answer at the moment and is left alone for a while."
    recorded = False
    retry = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """Staff's word over the breaker's own: OPEN refuses every call, CLOSED lets every call through."""

    state: BreakerState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerView:
    """How a gateway's breaker stands. `state` is what decides; `own` what it would be without staff's word.

    `shared` is false while Valkey does not answer: then nothing is known and calls go on.
    """

    gateway: str
    state: BreakerState
    own: BreakerState
    failures: int
    opened_at: datetime | None
    retry_at: datetime | None
    forced: Forced | None
    shared: bool

    @property
    def lets_through(self) -> bool:
        """Whether a plan may count on this gateway: closed, or due for a probe."""
        return self.state is not BreakerState.OPEN


class NoAnswer(Exception):  # noqa: N818 - a sign for pybreaker, never seen outside
    """The gateway did not answer."""


ForcedSource = Callable[[str], Forced | None]
_forced_sources: list[ForcedSource] = []


def forced_register(source: ForcedSource) -> None:
    """Who knows what staff decided names itself here: gateways do not know what is above them."""
    if source not in _forced_sources:
        _forced_sources.append(source)


def breaker_call(gateway: str, call: Callable[[], Answered], *, unanswered: Callable[[Answered], bool]) -> Answered:
    """Make a call to a gateway, outside any transaction, unless its breaker is open.

    `unanswered` says of what came back whether it was no answer (Standing.UNKNOWN). Raises GatewayPaused before
    anything was sent, and whatever `call` raises, which counts as no answer.
    """
    breaker_admit(gateway)
    try:
        came_back = call()
    except BaseException:
        breaker_tell(gateway, answered=False)
        raise
    breaker_tell(gateway, answered=not unanswered(came_back))
    return came_back


def breaker_admit(gateway: str) -> None:
    """Whether a call may go out now; of a gateway that may be back, one call at a time. Raises GatewayPaused."""
    view = breaker_view(gateway)
    if view.forced is not None or not view.shared:
        if view.state is BreakerState.OPEN:
            raise GatewayPaused(gateway=gateway)
        return
    if view.own is BreakerState.CLOSED:
        return
    if view.state is BreakerState.OPEN or not _probe_taken(gateway):
        raise GatewayPaused(gateway=gateway)
    breaker = _breaker(gateway)
    if breaker is not None and view.own is BreakerState.HALF_OPEN:
        breaker.half_open()


def breaker_tell(gateway: str, *, answered: bool) -> None:
    """The outcome of a call. In a probe it closes or opens the breaker; otherwise failures in a row are counted."""
    breaker = _breaker(gateway)
    if breaker is None:
        return
    try:
        breaker.call(_outcome, answered)
    except (NoAnswer, pybreaker.CircuitBreakerError):
        pass
    except redis.RedisError as problem:
        _valkey_lost(problem)
    _probe_over(gateway)


def breaker_view(gateway: str) -> BreakerView:
    """How the gateway's breaker stands, of all processes together."""
    forced = next((word for source in _forced_sources if (word := source(gateway)) is not None), None)
    breaker = _breaker(gateway)
    own, failures, opened_at = BreakerState.CLOSED, 0, None
    if breaker is not None:
        own, failures = BreakerState(breaker.current_state), breaker.fail_counter
        opened_at = breaker._state_storage.opened_at if own is not BreakerState.CLOSED else None
    retry_at = opened_at + timedelta(seconds=pause_seconds()) if opened_at else None
    if own is BreakerState.OPEN and (retry_at is None or datetime.now(UTC) >= retry_at):
        own = BreakerState.HALF_OPEN
    return BreakerView(
        gateway=gateway, state=forced.state if forced else own, own=own, failures=failures, opened_at=opened_at,
        retry_at=retry_at, forced=forced, shared=breaker is not None and _without_valkey_until <= time.monotonic(),
    )  # fmt: skip


def pause_seconds() -> int:
    """How long a gateway is left alone before one call tries again."""
    return int(settings.GATEWAY_BREAKER_SECONDS)


def _outcome(answered: bool) -> None:  # noqa: FBT001 - pybreaker passes it on by place
    if not answered:
        raise NoAnswer


_without_valkey_until = 0.0


def _valkey_lost(problem: redis.RedisError) -> None:
    global _without_valkey_until
    log.warning("breakers without Valkey for %s s, calls go on: %s", VALKEY_PAUSE_SECONDS, problem)
    _without_valkey_until = time.monotonic() + VALKEY_PAUSE_SECONDS


@lru_cache(maxsize=4)
def _valkey(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=VALKEY_SECONDS, socket_connect_timeout=VALKEY_SECONDS, retry=None
    )  # fmt: skip


@lru_cache(maxsize=256)
def _made(url: str, gateway: str) -> pybreaker.CircuitBreaker:
    storage = pybreaker.CircuitRedisStorage(
        pybreaker.STATE_CLOSED, _valkey(url), namespace=f"{NAMESPACE}:{gateway}",
        fallback_circuit_state=pybreaker.STATE_CLOSED,
    )  # fmt: skip
    return pybreaker.CircuitBreaker(
        fail_max=int(settings.GATEWAY_BREAKER_FAILURES), reset_timeout=pause_seconds(),
        state_storage=storage, name=gateway,
    )  # fmt: skip


def _breaker(gateway: str) -> pybreaker.CircuitBreaker | None:
    """This process's breaker of a gateway; None while Valkey does not answer."""
    if time.monotonic() < _without_valkey_until:
        return None
    try:
        _valkey(settings.REDIS_URL).ping()  # pybreaker logs a traceback for each step that Valkey does not take
        return _made(settings.REDIS_URL, gateway)
    except redis.RedisError as problem:
        _valkey_lost(problem)
        return None


def _probe_taken(gateway: str) -> bool:
    try:
        return bool(_valkey(settings.REDIS_URL).set(f"{NAMESPACE}:{gateway}:probe", "1", nx=True, ex=PROBE_SECONDS))
    except redis.RedisError as problem:
        _valkey_lost(problem)
        return True


def _probe_over(gateway: str) -> None:
    try:
        _valkey(settings.REDIS_URL).delete(f"{NAMESPACE}:{gateway}:probe")
    except redis.RedisError as problem:
        _valkey_lost(problem)
