"""What surrounds the events of a request, a task or a command, and what row history writes beside each change.

A middleware, the tasks' base class and manage.py enter `surrounded`; `audit_record` and the triggers read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, Final

from django.db import connection

from compliance.audit.types import Facts

NOBODY: Final = Facts()
SETTING: Final = "pghistory.context_metadata"  # where django-pghistory's triggers look for their context
_WRITES: Final = ("insert", "update", "delete", "merge", "with")
_facts: ContextVar[Callable[[], Facts] | None] = ContextVar("audit_facts", default=None)
_roles_sources: Final[list[Callable[[Any], tuple[str, ...]]]] = []


def roles_source_register(source: Callable[[Any], tuple[str, ...]]) -> None:
    """Tell the trail how to find a signed-in person's roles: it stands beneath the app that knows them."""
    _roles_sources[:] = [source]


def roles_of(person: Any) -> tuple[str, ...]:
    """The codes of the roles that a signed-in person holds now."""
    return tuple(code for source in _roles_sources for code in source(person))


def facts() -> Facts:
    """The facts of the present request, task or command."""
    known = _facts.get()
    return NOBODY if known is None else known()


@contextmanager
def surrounded_by(known: Callable[[], Facts]) -> Iterator[None]:
    """Everything recorded inside, row history included, carries what `known` tells at that moment."""
    outermost = _facts.get() is None
    token = _facts.set(known)
    try:
        if outermost:
            with connection.execute_wrapper(_told_to_triggers):
                yield
        else:
            yield
    finally:
        _facts.reset(token)


@contextmanager
def surrounded(known: Facts) -> Iterator[None]:
    """The same with facts that stand."""
    with surrounded_by(lambda: known):
        yield


@contextmanager
def system_task(name: str, *, request_id: str = "") -> Iterator[None]:
    """The surroundings of a task: its actor is "system:<name>"; `request_id` is of the request that sent it, if any."""
    with surrounded(Facts(actor=f"system:{name}", request_id=request_id)):
        yield


@contextmanager
def command(name: str) -> Iterator[None]:
    """The surroundings of a management command: its actor is "command:<name>"."""
    with surrounded(Facts(actor=f"command:{name}")):
        yield


@contextmanager
def acting(actor: str) -> Iterator[None]:
    """The present surroundings with another actor, such as the provider whose signature held."""
    with surrounded(replace(facts(), actor=actor, roles=())):
        yield


def _told_to_triggers(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
    """Have each write of Django tell the triggers its facts, in the same round trip.

    Stands in for pghistory.context, which breaks executemany (AmbitionEng/django-pghistory#258) and statements with a
    percent sign and no parameters. The hot path has its own connection and never comes here.
    """
    # A named cursor reads, and takes one statement.
    if not sql.lstrip()[:6].lower().startswith(_WRITES) or getattr(context["cursor"], "name", None):
        return execute(sql, params, many, context)
    told = json.dumps(facts().as_json(), separators=(",", ":"))
    if many:
        if connection.in_atomic_block:
            context["cursor"].cursor.execute(f"SELECT set_config('{SETTING}', %s, true)", [told])
        return execute(sql, params, many, context)
    if not params:
        sql, params = sql.replace("%", "%%"), ()
    if isinstance(params, dict):
        prefix, params = f"SELECT set_config('{SETTING}', %(_facts)s, true); ", {**params, "_facts": told}
    else:
        prefix, params = f"SELECT set_config('{SETTING}', %s, true); ", (told, *params)
    result = execute(prefix + sql, params, many, context)
    while result is not None and result.nextset():
        pass
    return result
