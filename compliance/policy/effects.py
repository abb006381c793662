"""Whom a new value would stop: counters by key, told in the preview of a proposal. Wings that know register theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from compliance.approvals.types import Consequence
from compliance.policy.keys import PolicyKey
from compliance.policy.types import Policy
from players.models import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a counter is asked: `before` and `after` as the key's shape reads them, None for no such rule.

    `players` are those whom the row would govern: active, playing with money. `policy` is the jurisdiction's as it
    stands then, without the new row.
    """

    key: PolicyKey
    before: Any
    after: Any
    at: datetime
    now: datetime
    players: QuerySet[Player]
    policy: Policy


Counter = Callable[[Change], list[Consequence]]
_counters: Final[dict[PolicyKey, Counter]] = {}


def effect_register(keys: tuple[PolicyKey, ...], counter: Counter) -> None:
    """Have the preview of these keys tell what `counter` counts. A second counter is a programming error."""
    for key in keys:
        if key in _counters:
            raise ValueError(f"{key} has a counter")
        _counters[key] = counter


def effects_of(change: Change) -> list[Consequence]:
    """What the counter of the key tells; nothing for a key that stops nobody."""
    counter = _counters.get(change.key)
    return counter(change) if counter else []
