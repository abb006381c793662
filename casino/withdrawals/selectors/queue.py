"""The queue's figures and what a colleague looks at: how it goes, and everything about one withdrawal (§4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.db.models import Count, Min, Q, QuerySet

from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.models import Withdrawal, WithdrawalStep
from casino.withdrawals.states import FOR_PEOPLE

PERIOD: Final = timedelta(days=7)
MOST: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """What waits now, and how the last seven days went; times in seconds, shares from 0 to 1, None: nothing decided.

    `overturned` of what rules wanted looked at or frozen was approved by people; of what they turned down the rest.
    """

    waiting: int
    oldest: datetime | None
    to_approve_p50: float | None
    to_approve_p95: float | None
    auto_share: float | None
    overturned: float | None
    decided: int


def queue_figures(*, rows: QuerySet[Withdrawal], now: datetime) -> QueueFigures:
    """Of the withdrawals within somebody's reach."""
    waiting = rows.filter(state__in=FOR_PEOPLE).aggregate(number=Count("pk"), oldest=Min("requested_at"))
    recent = rows.filter(requested_at__gt=now - PERIOD)
    spans = sorted(
        (approved - asked).total_seconds()
        for asked, approved in recent.filter(approved_at__isnull=False).values_list("requested_at", "approved_at")[
            :MOST
        ]
        if approved is not None
    )
    sums = recent.aggregate(
        auto=Count("pk", filter=Q(auto_approved=True)),
        people=Count("pk", filter=Q(auto_approved=False, approved_at__isnull=False)),
        rejected=Count("pk", filter=Q(state=WithdrawalState.REJECTED)),
    )
    decided = sums["auto"] + sums["people"] + sums["rejected"]
    looked = sums["people"] + sums["rejected"]
    return QueueFigures(
        waiting=waiting["number"], oldest=waiting["oldest"], to_approve_p50=percentile(spans, 50),
        to_approve_p95=percentile(spans, 95), auto_share=sums["auto"] / decided if decided else None,
        overturned=sums["people"] / looked if looked else None, decided=decided,
    )  # fmt: skip


def percentile(values: Sequence[float], percent: int) -> float | None:
    """The nearest-rank percentile of sorted values; None of none."""
    return values[max(0, ceil(len(values) * percent / 100) - 1)] if values else None


def steps_of(withdrawal_id: int) -> QuerySet[WithdrawalStep]:
    """How it came to where it is, the first step first."""
    return WithdrawalStep.objects.filter(withdrawal_id=withdrawal_id).order_by("pk")


def withdrawals_of(player_id: int) -> QuerySet[Withdrawal]:
    """A player's withdrawals, the newest first."""
    return Withdrawal.objects.filter(player_id=player_id).order_by("-pk")
