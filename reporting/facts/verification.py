"""What facts add to `verify_ledger`: their sums are the ledger's, on every day, for players and for games."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from reporting.facts.selectors.ties import TITLES, closing_ties, day_ties
from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

_FIRST, _LAST = date(1970, 1, 1), date(9000, 1, 1)
_SINCE: Final = """
    SELECT coalesce(min(posted_day), '9000-01-01'), coalesce(max(posted_day), '9000-01-01') FROM facts_span
    WHERE high >= %s
"""
_LOW: Final = "SELECT coalesce(min(low), 0) FROM facts_span WHERE posted_day >= %s"


def _facts_tie(scope: Scope) -> Iterator[Breach]:
    first, last, low = _FIRST, _LAST, 0
    if not scope.everything:
        first, last = next(scope.rows(_SINCE, [scope.since_order]))
        low = scope.count(_LOW, [first])
    for tie in day_ties(first, last, low=low):
        if tie.reported != tie.ledger:
            where = f"{TITLES[tie.name]} on {tie.day} in {tie.currency}"
            yield Breach(where, f"{tie.ledger.normalize():f}, as booked", f"{tie.reported.normalize():f}")
    for one in closing_ties():
        if one.difference:
            where = f"{one.name} in {one.currency}"
            yield Breach(where, f"{one.ledger.normalize():f}, as booked", f"{one.reported.normalize():f}")
    scope.checked(scope.count("SELECT (SELECT count(*) FROM facts_play) + (SELECT count(*) FROM facts_money)"))


PROMISES: Final = (Promise("facts_tie", "Facts of every day are what the ledger booked on it", _facts_tie),)


def facts_promises_register() -> None:
    """Called once from the app's ready(), and again without harm."""
    for promise in PROMISES:
        promise_register(promise)
