"""The dated rules of a kind: from which worth a third person is needed, and how long its proposals stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from compliance.approvals.models import ApprovalRule
from compliance.approvals.registry import approval_kind_get


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """`third_person_from` is in the base currency; None: a third person is never needed for the amount's sake."""

    third_person_from: Decimal | None
    life: timedelta

    def wants_third_person(self, worth: Decimal) -> bool:
        """Whether so much, in the base currency, is for two others to approve."""
        return self.third_person_from is not None and worth >= self.third_person_from


def rule_in_force(kind: str, now: datetime) -> RuleInForce:
    """The newest rule valid at `now`; the kind's own figures while there is none. Raises KindUnknown."""
    known = approval_kind_get(kind)
    rule = ApprovalRule.objects.filter(kind=kind, valid_from__lte=now).order_by("-valid_from").first()
    if rule is None:
        return RuleInForce(known.third_person_from, known.life)
    return RuleInForce(rule.third_person_from, timedelta(hours=rule.life_hours))
