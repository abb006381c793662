"""Whom a row of policy governs, by brand; and how old they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, QuerySet

from compliance.approvals.types import Consequence
from compliance.policy.effects import Change
from compliance.policy.keys import PolicyKey
from compliance.policy.models import PolicyRow
from compliance.policy.models.policy_row import FALLBACK
from compliance.policy.shapes import Money
from players.enums import PlayerStatus
from players.models import Player
from players.personal.models import PersonalKey
from players.personal.vault import key_unwrap, value_open
from wallet.errors import TemporarilyUnavailable
from wallet.selectors.rates import units_per_base

MOST_BRANDS: Final = 20
MOST_AGES: Final = 5_000  # birth dates are encrypted one by one; a preview looks at the newest players


def players_governed(*, jurisdiction: str, key: PolicyKey, at: datetime) -> QuerySet[Player]:
    """Active players with real money whose policy would have this row: for `*`, those whose own has none then."""
    players = Player.objects.filter(status=PlayerStatus.ACTIVE, is_test=False)
    if jurisdiction != FALLBACK:
        return players.filter(jurisdiction=jurisdiction)
    own = PolicyRow.objects.filter(key=key, effective_from__lte=at).exclude(jurisdiction=FALLBACK)
    return players.exclude(jurisdiction__in=own.values("jurisdiction"))


def players_by_brand(players: QuerySet[Player]) -> list[tuple[str, str, int]]:
    """(brand, jurisdiction, number of players), the largest first, at most MOST_BRANDS."""
    counted = players.order_by().values("brand__name", "jurisdiction").annotate(number=Count("pk"))
    rows = counted.order_by("-number", "brand__name")[:MOST_BRANDS]
    return [(row["brand__name"], row["jurisdiction"], row["number"]) for row in rows]


def birth_dates(player_ids: Iterable[int]) -> dict[int, date]:
    """Birth dates of those of the players whose is known; for counting, never for a screen."""
    keys = PersonalKey.objects.filter(data__player__in=list(player_ids), data__birth_date__isnull=False)
    known: dict[int, date] = {}
    for row in keys.select_related("data"):
        player_id = row.data.player_id
        text = value_open(key_unwrap(row.wrapped), player_id=player_id, field="birth_date", closed=row.data.birth_date)
        if text:
            known[player_id] = date.fromisoformat(text)
    return known


def age_on(born: date, day: date) -> int:
    """Full years on a calendar date; whoever was born on 29 February has the birthday on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def newly_counted(name: str, change: Change, count: Callable[[Any], int]) -> list[Consequence]:
    """How many are stopped by the value before and by the value after, and how many newly; by `count` of a value."""
    try:
        before, after = count(change.before), count(change.after)
    except TemporarilyUnavailable:
        return [Consequence(name, "not counted", "there is no exchange rate of the row's currency", True)]
    return [Consequence(name, f"{before}", f"{after}: {max(after - before, 0)} newly", after > before)]


def in_base(money: Money, now: datetime) -> Decimal:
    """In the base currency at today's rate. Raises TemporarilyUnavailable where there is none."""
    if money.currency == settings.BASE_CURRENCY:
        return money.amount
    return money.amount / units_per_base(money.currency, now).units_per_base
