"""Which numbers hold for withdrawals of a jurisdiction at an instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from casino.withdrawals.models import Rule
from casino.withdrawals.models.rule import FALLBACK
from casino.withdrawals.types import Numbers
from common.errors import BrokenPromise


def rule_in_force(*, jurisdiction: str, at: datetime) -> Rule:
    """The newest row of the jurisdiction that has begun, else the fallback's."""
    rows = Rule.objects.filter(jurisdiction__in=[jurisdiction, FALLBACK], effective_from__lte=at)
    newest = list(rows.order_by("-effective_from"))
    found = next((row for row in newest if row.jurisdiction == jurisdiction), newest[0] if newest else None)
    if found is None:
        raise BrokenPromise("there is no rule of withdrawals in force")
    return found


def numbers_of(row: Rule) -> Numbers:
    """The row as decisions read it."""
    return Numbers(
        rule_id=row.pk,
        auto_amount=row.auto_amount,
        auto_risk=row.auto_risk,
        four_eyes_from=row.four_eyes_from,
        turnover_times=row.turnover_times,
        game_weights={str(name): str(share) for name, share in row.game_weights.items()},
        kyc_level=row.kyc_level,
        kyc_level_high=row.kyc_level_high,
        kyc_high_from=row.kyc_high_from,
        cool_down=timedelta(hours=row.cool_down_hours),
        day_count=row.day_count,
        day_sum=row.day_sum,
        week_count=row.week_count,
        week_sum=row.week_sum,
        kyc_wait=timedelta(days=row.kyc_wait_days),
        sla=timedelta(hours=row.sla_hours),
        weights={str(name): int(points) for name, points in row.weights.items()},
    )


def two_people_needed(base: Decimal, numbers: Numbers) -> bool:
    """Whether an amount of the base currency is for two people to approve."""
    return base >= numbers.four_eyes_from
