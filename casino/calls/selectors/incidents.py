"""How the provider's calls fared within a span of time: what else went wrong while somebody's round did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

CALLS_READ: Final = 50_000
_COUNTED: Final = """
    SELECT c.outcome, c.error_class, count(*), count(*) FILTER (WHERE c.game_code = %(game)s), min(c.received_at),
           max(c.received_at)
    FROM (SELECT outcome, error_class, game_code, provider_code, received_at FROM calls_providercall
          WHERE received_at >= %(since)s AND received_at < %(until)s ORDER BY received_at DESC LIMIT %(most)s) c
    WHERE c.provider_code = %(provider)s GROUP BY c.outcome, c.error_class ORDER BY 3 DESC, 1 LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome with its calls in the span: of the provider, and of them those that named the game."""

    outcome: str
    error_class: str
    calls: int
    of_the_game: int
    first: datetime
    last: datetime


def outcomes_between(*, provider_code: str, game_code: str, since: datetime, until: datetime) -> list[Outcome]:
    """Outcomes of a provider's calls with since <= received_at < until, most frequent first.

    Reads the newest `CALLS_READ` calls of the span.
    """
    named: dict[str, str | int | datetime] = {
        "provider": provider_code,
        "game": game_code,
        "since": since,
        "until": until,
        "most": CALLS_READ,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, named)
        return [Outcome(*row) for row in cursor.fetchall()]
