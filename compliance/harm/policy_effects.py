"""Whom a new ceiling or threshold would newly stop: counted from behaviour, for the preview of a policy's row.

Amounts are compared in the base currency, at the rates of the bookings and today's rate of the row's currency.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Q, Sum

from compliance.approvals.types import Consequence
from compliance.harm.models import Flow
from compliance.kyc.enums import Status
from compliance.kyc.models import KycState
from compliance.limits.models import Limit
from compliance.policy.effects import Change, effect_register
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.selectors.affected import in_base, newly_counted
from compliance.policy.shapes import Money

DAYS: Final = {"day": 1, "week": 7, "month": 30}
WINDOWS: Final = {
    Key.KYC_DEPOSIT_THRESHOLD: 180, Key.KYC_LINKED_24H: 1, Key.KYC_ROLLING_180D: 180, Key.KYC_LIFETIME: 180,
}  # fmt: skip


def policy_effects_register() -> None:
    """Called once from the app's ready()."""
    effect_register((Key.LIMIT_DEPOSIT_CEILING, Key.NET_DEPOSIT_TRIGGER, *WINDOWS), _deposits)
    effect_register((Key.LIMIT_MANDATORY,), _without_limit)
    effect_register((Key.REGISTRATION_KYC_BEFORE_PLAY,), _unverified)


def _deposits(change: Change) -> list[Consequence]:
    """Players whose deposits, or deposits less withdrawals, of the row's window lie above it."""

    def above(value: Any) -> int:
        if value is None:
            return 0
        limit = value if isinstance(value, Money) else value["limit"]
        net = change.key == Key.NET_DEPOSIT_TRIGGER
        since = change.now - timedelta(days=_days(change.key, value))
        flows = Flow.objects.filter(player_id__in=change.players.values("pk"), booked_at__gt=since)
        came, went = Sum("base", filter=Q(kind="deposit")), Sum("base", filter=Q(kind="withdrawal"))
        sums = flows.values("player_id").annotate(came=came, went=went).values_list("came", "went")
        least = in_base(limit, change.now)
        return sum((came or 0) - ((went or 0) if net else 0) > least for came, went in sums.iterator())

    days = _days(change.key, change.after if change.after is not None else change.before)
    return newly_counted(f"Players above it in the last {days} days", change, above)


def _days(key: Key, value: Any) -> int:
    if key in WINDOWS:
        return WINDOWS[key]
    return 30 if key == Key.NET_DEPOSIT_TRIGGER or value is None else DAYS[value["period"]]


def _without_limit(change: Change) -> list[Consequence]:
    """Players who lack a limit that they would need to play."""

    def lacking(value: dict[str, Any] | None) -> int:
        if value is None:
            return 0
        own = Limit.objects.filter(ended_at=None, kind=value["kind"])
        having = [own.filter(period=period).values("player_id") for period in value["periods"]]
        need = Q()
        for ids in having:
            need = need & Q(pk__in=ids) if value["need"] == "all" else need | Q(pk__in=ids)
        return change.players.exclude(need).count()

    return newly_counted("Players who lack such a limit", change, lacking)


def _unverified(change: Change) -> list[Consequence]:
    """Players who are not verified."""
    verified = KycState.objects.filter(status=Status.VERIFIED).values("player_id")

    def waiting(value: Any) -> int:
        return change.players.exclude(pk__in=verified).count() if value else 0

    return newly_counted("Players who are not verified", change, waiting)
