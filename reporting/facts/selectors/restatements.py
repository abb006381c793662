"""Days as first reported and as known now, and what made the difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from common.scope import Scope

CAUSES: Final = {
    "late_win": "Win booked after its round was settled",
    "void": "Bet taken back after its round was settled",
    "win_back": "Win taken back after its round was settled",
    "late_bet": "Bet booked after its round was settled",
    "correction": "Correction by staff",
}
_GGR: Final = (
    "stake_real + stake_bonus - void_real - void_bonus - win_real - win_bonus + unwin_real + unwin_bonus - jackpot_win"
)
_STAKES: Final = "stake_real + stake_bonus - void_real - void_bonus"
_CHANGES: Final = f"""
    WITH late AS (
        SELECT settled_day, brand_id, jurisdiction, currency, cause, count(*) AS calls, sum({_STAKES}) AS stakes,
               sum({_GGR}) AS ggr, array_agg(leg_id ORDER BY at, leg_id) AS legs, min(posted_day) AS first_posted
        FROM facts_late l
        WHERE settled_day BETWEEN %(first)s AND %(last)s AND NOT is_test AND {{reach}}
        GROUP BY settled_day, brand_id, jurisdiction, currency, cause
    )
    SELECT l.settled_day, l.brand_id, l.jurisdiction, l.currency, l.cause, l.calls, f.stakes, f.ggr, l.stakes, l.ggr,
           l.legs, l.first_posted
    FROM late l CROSS JOIN LATERAL (
        SELECT coalesce(sum({_STAKES}), 0) AS stakes, coalesce(sum({_GGR}), 0) AS ggr FROM facts_game g
        WHERE g.settled_day = l.settled_day AND g.posted_day <= g.settled_day AND g.brand_id = l.brand_id
          AND g.jurisdiction = l.jurisdiction AND g.currency = l.currency AND NOT g.is_test
    ) f
    ORDER BY l.settled_day, l.brand_id, l.jurisdiction, l.currency, l.cause
"""  # noqa: S608 - the only text put in is our own


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """What one cause changed about one settled day. `first_*` is the day as first reported, `by_*` this cause's part.

    A day is known now as `first_*` plus the `by_*` of all its causes. Amounts in `currency`; GGR as KPI-02.
    """

    day: date
    brand_id: int
    jurisdiction: str
    currency: str
    cause: str
    calls: int
    first_stakes: Decimal
    first_ggr: Decimal
    by_stakes: Decimal
    by_ggr: Decimal
    transactions: tuple[UUID, ...]
    first_posted: date

    @property
    def title(self) -> str:
        """The cause in words."""
        return CAUSES[self.cause]


def restatements(first: date, last: date, scope: Scope) -> list[Restatement]:
    """Every cause that changed a settled day between `first` and `last` after that day, test accounts left out."""
    reach, parameters = _reach(scope)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES.format(reach=reach), {"first": first, "last": last, **parameters})
        return [
            Restatement(
                day=row[0], brand_id=row[1], jurisdiction=row[2], currency=row[3], cause=row[4], calls=row[5],
                first_stakes=row[6], first_ggr=row[7], by_stakes=row[8], by_ggr=row[9], transactions=tuple(row[10]),
                first_posted=row[11],
            )
            for row in cursor.fetchall()
        ]  # fmt: skip


def _reach(scope: Scope) -> tuple[str, dict[str, Any]]:
    """The scope as a condition on l.brand_id and l.jurisdiction."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    for number, part in enumerate(scope.parts):
        words = ["true"]
        if part.brands is not None:
            words.append(f"l.brand_id = ANY(%(brands{number})s)")
            parameters[f"brands{number}"] = sorted(part.brands)
        if part.jurisdictions is not None:
            words.append(f"l.jurisdiction = ANY(%(jurisdictions{number})s)")
            parameters[f"jurisdictions{number}"] = sorted(part.jurisdictions)
        conditions.append(f"({' AND '.join(words)})")
    return f"({' OR '.join(conditions) or 'false'})", parameters
