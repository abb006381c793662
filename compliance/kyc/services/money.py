"""What the money that moved asks of a player's verification (AML-01, AML-04, AML-06).

`flow_count` is called where money is booked, in its transaction; a watcher counts whatever came by another way.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, Sum

from common.money import ZERO, base_amount
from compliance.audit.models import Watch
from compliance.exclusions.selectors.people import accounts_of_person
from compliance.kyc.enums import Due
from compliance.kyc.models import MoneyFlow
from compliance.kyc.services.verification import verification_ask
from compliance.kyc.triggers import ASKS, Ask, Sums, asks_of
from compliance.policy.selectors.policies import policy_of
from players.models import Player
from wallet.sealing.kinds import sealed_kinds
from wallet.selectors.player_flows import CASH, flows_between
from wallet.selectors.rates import units_per_base
from wallet.selectors.seals import boundary_after, settled_horizon

DAY: Final = timedelta(hours=24)
HALF_YEAR: Final = timedelta(days=180)
WATCH: Final = "kyc"
_COUNT: Final = """
    INSERT INTO kyc_moneyflow (transaction_id, player_id, kind, base, booked_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (transaction_id) DO NOTHING
"""
ROWS_AT_ONCE: Final = 50_000


@transaction.atomic
def flow_count(
    *, transaction_id: UUID, player_id: int, kind: str, base: Decimal, booked_at: datetime, now: datetime
) -> tuple[Ask, ...]:
    """Count one deposit or withdrawal, `base` in the base currency, once; then ask for what the sums ask for."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [transaction_id, player_id, kind, base, booked_at])
        made = cursor.rowcount == 1
    return money_follow(player_id=player_id, now=now) if made else ()


@transaction.atomic
def money_follow(*, player_id: int, now: datetime) -> tuple[Ask, ...]:
    """Ask every account of the person for the highest level that the person's sums ask for; returns all that is."""
    player = Player.objects.get(pk=player_id)
    if player.is_test:
        return ()
    accounts = [player, *accounts_of_person(player).certain]
    sums = sums_of(player_ids=[account.pk for account in accounts], now=now)
    asked: tuple[Ask, ...] = ()
    for account in sorted(accounts, key=lambda one: one.pk):
        asks = asks_of(sums, thresholds_of(account.jurisdiction, now))
        if account.pk == player_id:
            asked = asks
        if not asks:
            continue
        top = max(asks, key=lambda ask: ask.level)
        words = f"{top.due.label}: {top.reached:f} of {top.threshold:f} {settings.BASE_CURRENCY}"
        verification_ask(
            player_id=account.pk, due=top.due, level=top.level, policy_row=top.policy_row, reason=words,
            actor="system:kyc", now=now,
        )  # fmt: skip
    return asked


def sums_of(*, player_ids: list[int], now: datetime) -> Sums:
    """What a person moved over these accounts until `now`, in the base currency at the rates of the bookings."""
    day, half = Q(booked_at__gt=now - DAY), Q(booked_at__gt=now - HALF_YEAR)
    deposits, withdrawals = Q(kind="deposit"), Q(kind="withdrawal")
    found = MoneyFlow.objects.filter(player_id__in=player_ids, booked_at__lte=now).aggregate(
        deposited=Sum("base", filter=deposits),
        deposited_24h=Sum("base", filter=deposits & day),
        withdrawn_24h=Sum("base", filter=withdrawals & day),
        deposited_180d=Sum("base", filter=deposits & half),
    )
    return Sums(**{name: value or ZERO for name, value in found.items()})


def thresholds_of(jurisdiction: str, now: datetime) -> dict[Due, tuple[Decimal, int]]:
    """The amounts of the policy in the base currency, by trigger; none where it names none."""
    policy = policy_of(jurisdiction=jurisdiction, now=now)
    found: dict[Due, tuple[Decimal, int]] = {}
    for due, key, _level in ASKS:
        money = policy.money(key)
        if money is None:
            continue
        units = units_per_base(money.currency, now).units_per_base
        found[due] = (base_amount(money.amount, units), policy.row_id(key))
    return found


@transaction.atomic
def money_watch(*, now: datetime) -> int:
    """Count what was booked since the last look, at most ROWS_AT_ONCE rows of the books; returns how many were new."""
    horizon = settled_horizon()
    watch, _first = Watch.objects.select_for_update().get_or_create(
        name=WATCH, defaults={"through_order": 0, "ran_at": now}
    )
    high = boundary_after(watch.through_order, horizon, sealed_kinds(), limit=ROWS_AT_ONCE)
    counted = 0
    if high is not None and high > watch.through_order:
        for flow in flows_between(watch.through_order, high, CASH):
            if MoneyFlow.objects.filter(pk=flow.transaction_id).exists():
                continue
            flow_count(
                transaction_id=flow.transaction_id, player_id=flow.player_id, kind=flow.kind, base=flow.base,
                booked_at=flow.booked_at, now=now,
            )  # fmt: skip
            counted += 1
        watch.through_order = high
    watch.ran_at = now
    watch.save(update_fields=["through_order", "ran_at"])
    return counted
