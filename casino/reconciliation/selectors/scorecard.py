"""How well providers and we agree: matched share, breaks per 10,000 lines, what is unmatched, and how it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection

# Lines agree unless there is a break of their own statement; amounts in the base currency at the latest rate.
_CARD: Final = """
    WITH lines AS (
        SELECT s.provider_id, sum(s.line_count) AS lines, count(*) AS statements, sum(s.fault_count) AS faults,
               max(s.until_at) AS until
        FROM reconciliation_statement s
        WHERE s.state = 'matched' AND s.finished_at >= %(since)s AND s.finished_at < %(until)s GROUP BY 1
    ), broken AS (
        SELECT b.provider_id, count(*) AS breaks, count(*) FILTER (WHERE b.line_id IS NOT NULL) AS told,
               count(*) FILTER (WHERE b.state IN ('open', 'explained')) AS waiting,
               min(b.since) FILTER (WHERE b.state IN ('open', 'explained')) AS oldest,
               sum(b.amount / coalesce((SELECT f.units_per_base FROM wallet_fxrate f WHERE f.currency = b.currency
                                        ORDER BY f.valid_on DESC LIMIT 1), 1))
                   FILTER (WHERE b.state IN ('open', 'explained')
                             AND b.kind NOT IN ('day_boundary', 'late')) AS unmatched
        FROM reconciliation_break b WHERE b.opened_at >= %(since)s AND b.opened_at < %(until)s GROUP BY 1
    )
    SELECT p.id, p.name, coalesce(l.lines, 0), coalesce(l.statements, 0), coalesce(l.faults, 0), l.until,
           coalesce(b.breaks, 0), coalesce(b.waiting, 0), b.oldest, coalesce(b.unmatched, 0), coalesce(b.told, 0)
    FROM games_provider p LEFT JOIN lines l ON l.provider_id = p.id LEFT JOIN broken b ON b.provider_id = p.id
    WHERE l.provider_id IS NOT NULL OR b.provider_id IS NOT NULL ORDER BY p.name
"""
_KINDS: Final = """
    SELECT provider_id, kind, count(*) FROM reconciliation_break
    WHERE opened_at >= %(since)s AND opened_at < %(until)s GROUP BY 1, 2
"""
_TREND: Final = """
    SELECT (s.finished_at AT TIME ZONE 'UTC')::date AS day, p.name, sum(s.line_count),
           coalesce(sum((SELECT count(*) FROM reconciliation_break b WHERE b.statement_id = s.id)), 0)
    FROM reconciliation_statement s JOIN games_provider p ON p.id = s.provider_id
    WHERE s.state = 'matched' AND s.finished_at >= %(since)s AND s.finished_at < %(until)s GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One provider over a period; `unmatched` in the base currency, `told` breaks that are about a line."""

    provider_id: int
    provider: str
    lines: int
    statements: int
    faults: int
    until: datetime | None
    breaks: int
    waiting: int
    oldest: datetime | None
    unmatched: Decimal
    told: int
    kinds: Mapping[str, int]

    @property
    def matched(self) -> Decimal | None:
        """Percent of the lines without a break."""
        if not self.lines:
            return None
        return Decimal(100) * max(self.lines - self.told, 0) / self.lines

    @property
    def per_10_000(self) -> Decimal | None:
        """Breaks in 10,000 lines."""
        return Decimal(10_000) * self.breaks / self.lines if self.lines else None


def scorecards(*, days: int, now: datetime) -> tuple[Card, ...]:
    """Every provider that told something or has a break in the last days."""
    told = {"since": now - timedelta(days=days), "until": now}
    kinds: dict[int, dict[str, int]] = {}
    for provider_id, kind, number in _rows(_KINDS, told):
        kinds.setdefault(provider_id, {})[kind] = number
    return tuple(
        Card(
            provider_id=row[0], provider=row[1], lines=row[2], statements=row[3], faults=row[4], until=row[5],
            breaks=row[6], waiting=row[7], oldest=row[8], unmatched=row[9], told=row[10], kinds=kinds.get(row[0], {}),
        )
        for row in _rows(_CARD, told)
    )  # fmt: skip


def trend(*, days: int, now: datetime) -> tuple[tuple[date, ...], dict[str, list[Decimal | None]]]:
    """Breaks per 10,000 lines by the day of matching, and by provider; None on days without a statement."""
    labels = tuple((now - timedelta(days=back)).date() for back in reversed(range(days)))
    found: dict[str, list[Decimal | None]] = {}
    for day, provider, lines, breaks in _rows(_TREND, {"since": now - timedelta(days=days), "until": now}):
        values = found.setdefault(provider, [None] * len(labels))
        if day in labels and lines:
            values[labels.index(day)] = Decimal(10_000) * breaks / lines
    return labels, found


def breaks_waiting() -> int:
    """How many breaks with providers wait for people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reconciliation_break WHERE state IN ('open', 'explained')")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _rows(query: str, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        return list(cursor.fetchall())
