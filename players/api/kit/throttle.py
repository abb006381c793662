"""Calls in a window of time, for each account and each address, counted in Valkey.

Valkey down: ordinary calls go on, as the providers' do (ADR 0005). Attempts that somebody could repeat to guess with
are refused then, since nothing would count them.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from common.http.address import client_address
from players.api.kit.errors import RateLimited, TemporarilyUnavailable

log = logging.getLogger(__name__)
PREFIX: Final = "player-api"
SECONDS = 0.2  # a call does not wait longer for Valkey; tests on a busy machine do


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often a call may be made: by one account, from one address (an IPv6 network of 64 bits is one).

    Calls of the same `name` are counted together. `guarded` ones are refused while nothing can count.
    """

    name: str = "calls"
    account: str = "240/minute"
    address: str = "1200/minute"
    guarded: bool = False


ORDINARY: Final = Rate()
ATTEMPT: Final = Rate(name="attempts", account="20/minute", address="60/minute", guarded=True)
OPENING: Final = Rate(name="openings", account="10/hour", address="30/hour", guarded=True)
HEAVY: Final = Rate(name="heavy", account="10/hour", address="60/hour")


@lru_cache(maxsize=1)
def _limiter(url: str) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage_from_string(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS))


@lru_cache(maxsize=64)
def _window(text: str) -> RateLimitItem:
    return parse(text)


def address_counted(request: HttpRequest, rate: Rate) -> None:
    """Count a call of the request's address. Raises RateLimited, TemporarilyUnavailable."""
    address = client_address(request)
    if isinstance(address, IPv6Address):
        _count(rate, rate.address, f"net:{ip_network((address, 64), strict=False)}")
    else:
        _count(rate, rate.address, f"net:{address}")


def account_counted(player_id: int, rate: Rate) -> None:
    """Count a call of an account. Raises RateLimited, TemporarilyUnavailable."""
    _count(rate, rate.account, f"player:{player_id}")


def name_counted(name: str, rate: Rate) -> None:
    """Count an attempt under a name that nobody has proved to own. Raises RateLimited, TemporarilyUnavailable."""
    _count(rate, rate.account, f"name:{name}")


def _count(rate: Rate, text: str, whose: str) -> None:
    window, limiter = _window(text), _limiter(settings.REDIS_URL)
    try:
        if limiter.hit(window, PREFIX, rate.name, whose):
            return
        left = limiter.get_window_stats(window, PREFIX, rate.name, whose).reset_time - time.time()
    except RedisError as problem:
        log.warning("player API without Valkey: %s", problem)
        if rate.guarded:
            raise TemporarilyUnavailable from problem
        return
    raise RateLimited(retry_after=str(max(1, round(left))))
