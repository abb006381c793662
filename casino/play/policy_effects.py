"""Whom a new cap of stakes on slots would newly stop: counted from the stakes on slots of thirty days.

Players are found by their largest stake on any game (compliance.harm sums it by day); of those, slots alone count.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import DecimalField, F, Max, Value
from django.db.models.functions import Coalesce

from casino.games.enums import SLOTS
from casino.play.enums import LegKind
from casino.play.models import Leg
from compliance.approvals.types import Consequence
from compliance.harm.models import PlayDay
from compliance.policy.effects import Change, effect_register
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.affected import age_on, birth_dates, in_base, newly_counted
from compliance.policy.shapes import Money

Bands = tuple[tuple[int, Money], ...]
MOST: Final = 1_000  # players whose rounds are read, those with the largest stakes
DAYS: Final = 30


def play_effects_register() -> None:
    """Called once from the app's ready()."""
    effect_register((PolicyKey.SLOT_MAX_STAKE,), _stakes)


def _stakes(change: Change) -> list[Consequence]:
    """Players whose largest stake on slots lies above the cap of their age; of unknown age, above the youngest's."""
    since = change.now - timedelta(days=DAYS)
    days = PlayDay.objects.filter(player_id__in=change.players.values("pk"), day__gte=since.date())
    bold = days.values("player_id").annotate(most=Max("largest_stake")).order_by("-most")
    found = list(bold.values_list("player_id", "most")[: MOST + 1])
    whole = "" if len(found) <= MOST else f" (of the {MOST} with the largest stakes)"
    on = change.at.astimezone(change.policy.zone).date()

    def stopped(bands: Bands | None) -> int:
        if not bands:
            return 0
        caps = [(age, in_base(money, change.now)) for age, money in bands]
        least = min(amount for _age, amount in caps)
        slots = slot_stakes([player for player, most in found[:MOST] if most > least], since)
        born = birth_dates(slots)
        return sum(most > _cap(caps, age_on(born[one], on) if one in born else 0) for one, most in slots.items())

    return newly_counted(f"Players who staked more on slots in {DAYS} days{whole}", change, stopped)


def slot_stakes(players: Collection[int], since: datetime) -> dict[int, Decimal]:
    """The largest stake on a slot of each player since then, in the base currency at the rate of its booking."""
    bets = Leg.objects.filter(
        kind=LegKind.BET, booked_at__gte=since, round__player_id__in=players, round__game__category__in=SLOTS
    )
    rate = Coalesce(F("fx_rate__units_per_base"), Value(Decimal(1)), output_field=DecimalField())
    largest = bets.values("round__player_id").annotate(most=Max((F("real") + F("bonus")) / rate))
    return dict(largest.order_by().values_list("round__player_id", "most"))


def _cap(caps: list[tuple[int, Decimal]], age: int) -> Decimal:
    return next((amount for from_age, amount in reversed(caps) if age >= from_age), caps[0][1])
