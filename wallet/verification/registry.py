"""What `manage.py verify_ledger` proves. A higher floor adds its promises with `promise_register` in ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from wallet.verification.scope import Scope


@dataclass(frozen=True, slots=True)
class Breach:
    """One row that breaks a promise: which, what was promised of it, and what stands there instead."""

    row: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One invariant. `check` reads rows of the scope, reports how many with `scope.checked`, and yields breaches.

    The name is for programs and runbooks and keeps its meaning; the title is the promise as a sentence.
    """

    name: str
    title: str
    check: Callable[[Scope], Iterator[Breach]]


_promises: Final[dict[str, Promise]] = {}


def promise_register(promise: Promise) -> None:
    """Have the promise checked after those that are registered already. The same one twice is once."""
    if _promises.setdefault(promise.name, promise) != promise:
        raise ValueError(f"the promise {promise.name!r} is taken")


def promises() -> list[Promise]:
    """All promises in the order in which they are checked."""
    return list(_promises.values())
