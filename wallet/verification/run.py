"""Proving every promise on one snapshot of the database; stops at the first that is broken."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from django.db import connection, transaction

from wallet.models import Seal
from wallet.verification.registry import Breach, Promise, promises
from wallet.verification.scope import Scope

SHOWN_BREACHES: Final = 5


class UnknownSeal(LookupError):  # noqa: N818 - told to a person as it stands
    """There is no seal of the number to start after."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one promise: the rows gone through, the seconds it took, the first breaches."""

    promise: Promise
    rows: int
    seconds: float
    breaches: tuple[Breach, ...]


class Watcher(Protocol):
    """Who is told of progress: a promise begins, rows were checked, its proof stands."""

    def begins(self, number: int, of: int, promise: Promise) -> None: ...

    def checked(self, rows: int) -> None: ...

    def proved(self, number: int, of: int, proof: Proof) -> None: ...


def ledger_verify(*, watcher: Watcher, since_seal: int = 0, tick: Callable[[], float] = time.monotonic) -> list[Proof]:
    """Prove all promises in turn within one REPEATABLE READ, READ ONLY transaction; the last proof may have breaches.

    Raises UnknownSeal. Must not run inside another transaction.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL work_mem = '96MB'")
            # Every query is read to its end: plan for the whole and not for the first rows.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
        return promises_prove(watcher=watcher, since_seal=since_seal, tick=tick)


def promises_prove(*, watcher: Watcher, since_seal: int = 0, tick: Callable[[], float] = time.monotonic) -> list[Proof]:
    """The same within the caller's transaction, whatever its isolation."""
    seal = Seal.objects.filter(number=since_seal).first()
    if seal is None and since_seal:
        raise UnknownSeal(f"There is no seal {since_seal}.")
    proofs: list[Proof] = []
    everything = promises()
    rows = 0

    def checked(more: int) -> None:
        nonlocal rows
        rows += more
        watcher.checked(rows)

    scope = Scope(since_seal=since_seal, since_order=seal.to_order if seal else 0, checked=checked)
    for number, promise in enumerate(everything, start=1):
        rows, began = 0, tick()
        watcher.begins(number, len(everything), promise)
        breaches = tuple(islice(promise.check(scope), SHOWN_BREACHES))
        proofs.append(Proof(promise, rows, tick() - began, breaches))
        watcher.proved(number, len(everything), proofs[-1])
        if breaches:
            break
    return proofs
