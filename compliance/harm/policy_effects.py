"""Whom a new cap, ceiling or threshold would newly stop: counted from behaviour, for the preview of a policy's row.

Amounts are compared in the base currency, at the rates of the bookings and today's rate of the row's currency.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db.models import Max, Q, Sum

from compliance.approvals.types import Consequence
from compliance.harm.models import Flow, PlayDay
from compliance.kyc.enums import Status
from compliance.kyc.models import KycState
from compliance.limits.models import Limit
from compliance.policy.effects import Change, effect_register
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.selectors.affected import age_on, birth_dates
from compliance.policy.shapes import Money
from wallet.errors import TemporarilyUnavailable
from wallet.selectors.rates import units_per_base

MOST: Final = 5_000  # ages are encrypted one by one
DAYS: Final = {"day": 1, "week": 7, "month": 30}
WINDOWS: Final = {
    Key.KYC_DEPOSIT_THRESHOLD: 180, Key.KYC_LINKED_24H: 1, Key.KYC_ROLLING_180D: 180, Key.KYC_LIFETIME: 180,
}  # fmt: skip


def policy_effects_register() -> None:
    """Called once from the app's ready()."""
    effect_register((Key.SLOT_MAX_STAKE,), _stakes)
    effect_register((Key.LIMIT_DEPOSIT_CEILING, Key.NET_DEPOSIT_TRIGGER, *WINDOWS), _deposits)
    effect_register((Key.LIMIT_MANDATORY,), _without_limit)
    effect_register((Key.REGISTRATION_KYC_BEFORE_PLAY,), _unverified)


def _told(name: str, before: int, after: int) -> Consequence:
    return Consequence(name, f"{before}", f"{after}: {max(after - before, 0)} newly", after > before)


def _counted(name: str, change: Change, count: Callable[[Any], int]) -> list[Consequence]:
    try:
        return [_told(name, count(change.before), count(change.after))]
    except TemporarilyUnavailable:
        return [Consequence(name, "not counted", "there is no exchange rate of the row's currency", True)]


def _base(money: Money, change: Change) -> Decimal:
    if money.currency == settings.BASE_CURRENCY:
        return money.amount
    return money.amount / units_per_base(money.currency, change.now).units_per_base


def _stakes(change: Change) -> list[Consequence]:
    """Players whose largest stake of 30 days lies above the cap of their age; without one, above the youngest's."""
    since = (change.now - timedelta(days=30)).date()
    days = PlayDay.objects.filter(player_id__in=change.players.values("pk"), day__gt=since)
    largest = dict(days.values("player_id").annotate(most=Max("largest_stake")).values_list("player_id", "most")[:MOST])
    born = birth_dates(largest)
    on = change.at.astimezone(change.policy.zone).date()

    def stopped(bands: tuple[tuple[int, Money], ...] | None) -> int:
        if not bands:
            return 0
        caps = [(age, _base(money, change)) for age, money in bands]
        above = 0
        for player, most in largest.items():
            age = age_on(born[player], on) if player in born else 0
            cap = next((amount for from_age, amount in reversed(caps) if age >= from_age), caps[0][1])
            above += most > cap
        return above

    return _counted("Players who staked more in 30 days (all games)", change, stopped)


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
        least = _base(limit, change)
        return sum((came or 0) - ((went or 0) if net else 0) > least for came, went in sums.iterator())

    days = _days(change.key, change.after if change.after is not None else change.before)
    return _counted(f"Players above it in the last {days} days", change, above)


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

    return _counted("Players who lack such a limit", change, lacking)


def _unverified(change: Change) -> list[Consequence]:
    """Players who are not verified."""
    verified = KycState.objects.filter(status=Status.VERIFIED).values("player_id")

    def waiting(value: Any) -> int:
        return change.players.exclude(pk__in=verified).count() if value else 0

    return _counted("Players who are not verified", change, waiting)
