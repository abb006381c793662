"""Calls a second for each provider, counted in Redis, leased in parcels so that few calls ask it.

Redis down: calls are let through, each process keeping to the whole limit by its own count. Rate limits protect
capacity, not money: what keeps money exact is the recorded answer in PostgreSQL (ADR 0005).
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

import redis
from django.conf import settings

log = logging.getLogger(__name__)
PARCELS: Final = 50
PAUSE_SECONDS: Final = 5.0


class RateLimiter:
    """One for each process."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_timeout=0.1, socket_connect_timeout=0.1, retry=None, single_connection_client=False
        )
        self._lock = threading.Lock()
        self._leased: dict[str, tuple[int, int]] = {}
        self._without_redis_until = 0.0

    def admits(self, provider: str, limit: int) -> bool:
        """Count one call of the provider in this second; False when the second is used up."""
        second = int(time.time())
        with self._lock:
            held_second, left = self._leased.get(provider, (0, 0))
            if held_second != second:
                left = 0
            if left == 0:
                left = self._lease(provider, second, limit, fresh=held_second != second)
            self._leased[provider] = (second, max(0, left - 1))
            return left > 0

    def _lease(self, provider: str, second: int, limit: int, *, fresh: bool) -> int:
        """Take a parcel of this second's calls; what is left of the limit when that is less."""
        if time.monotonic() < self._without_redis_until:
            return limit if fresh else 0
        parcel = max(1, limit // PARCELS)
        key = f"rate:{provider}:{second}"
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                pipe.incrby(key, parcel)
                pipe.expire(key, 5)
                taken = int(pipe.execute()[0])
        except redis.RedisError as error:
            log.warning("rate limit without Redis for %s s: %s", PAUSE_SECONDS, error)
            self._without_redis_until = time.monotonic() + PAUSE_SECONDS
            return limit if fresh else 0
        return max(0, min(parcel, limit - (taken - parcel)))


_limiter: RateLimiter | None = None


def rate_limiter() -> RateLimiter:
    """This process's limiter."""
    global _limiter
    if _limiter is None:
        _limiter = RateLimiter(settings.REDIS_URL)
    return _limiter
