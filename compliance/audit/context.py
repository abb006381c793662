"""What surrounds the events of a request, a task or a command, and what row history writes beside each change.

A middleware, a task's base class and manage.py enter `surrounded`; `audit_record` and the triggers read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Final

import pghistory

from compliance.audit.types import Facts

NOBODY: Final = Facts()
_facts: ContextVar[Callable[[], Facts] | None] = ContextVar("audit_facts", default=None)


def facts() -> Facts:
    """The facts of the present request, task or command."""
    known = _facts.get()
    return NOBODY if known is None else known()


@contextmanager
def surrounded(known: Facts) -> Iterator[None]:
    """Everything recorded inside, row history included, carries these facts."""
    with surrounded_by(lambda: known), pghistory.context(**known.as_json()):
        yield


@contextmanager
def surrounded_by(known: Callable[[], Facts]) -> Iterator[None]:
    """The same for facts that are found out late, such as who is signed in; without row history."""
    token = _facts.set(known)
    try:
        yield
    finally:
        _facts.reset(token)


@contextmanager
def system_task(name: str) -> Iterator[None]:
    """The surroundings of a scheduled task: its actor is "system:<name>"."""
    with surrounded(Facts(actor=f"system:{name}")):
        yield


@contextmanager
def command(name: str) -> Iterator[None]:
    """The surroundings of a management command: its actor is "command:<name>"."""
    with surrounded(Facts(actor=f"command:{name}")):
        yield


@contextmanager
def acting(actor: str) -> Iterator[None]:
    """The present surroundings with another actor, such as the provider whose signature held."""
    with surrounded(replace(facts(), actor=actor)):
        yield
