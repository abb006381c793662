"""Alice under the rules of a market, with money from deposits that went through the caps or past them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from compliance.limits.enums import LimitKind, LimitPeriod
from compliance.limits.models import Counter, Limit
from compliance.limits.services.deposits import deposit_reserve
from compliance.limits.services.own_limits import LimitOutcome, limit_set
from players.models import Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.factories import player_make, rate_make
from wallet.models import FxRate

CURRENCY = {"GB": "GBP", "SE": "SEK", "DK": "DKK", "ON": "CAD", "NJ": "USD"}
ZONE = {"GB": "Europe/London", "SE": "Europe/Stockholm", "DK": "Europe/Copenhagen", "NL": "Europe/Amsterdam",
        "DE": "Europe/Berlin", "ON": "America/Toronto", "MT": "Europe/Malta"}  # fmt: skip
# A Monday; noon in London, one o'clock in Stockholm.
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(text: str) -> datetime:
    """An instant in UTC, such as "2026-03-02 12:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def alice_of(jurisdiction: str, *, balance: str = "0", nickname: str = "Alice", zone: str = "") -> Player:
    """A player of a market in its currency; a balance comes from a deposit at tests.factories.NOON."""
    currency = CURRENCY.get(jurisdiction, "EUR")
    if balance != "0" and currency != "EUR" and not FxRate.objects.filter(currency=currency).exists():
        rate_make(currency, "1.5")
    player = player_make(nickname, currency=currency, balance=balance)
    player.jurisdiction = jurisdiction
    player.time_zone = zone or ZONE.get(jurisdiction, "UTC")
    player.save(update_fields=["jurisdiction", "time_zone"])
    return player


def born(player: Player, day: date) -> None:
    """Have the player's birth date recorded."""
    details = PersonalDetails(full_name="Alice Adams", email="alice@example.org", birth_date=day)
    personal_data_set(player_id=player.pk, details=details, actor="system:tests", reason="test", now=MONDAY)


def sets(
    player: Player, amount: str, now: datetime = MONDAY, *, kind: str = LimitKind.DEPOSIT, period: str = LimitPeriod.DAY
) -> LimitOutcome:
    """The player sets a limit of his own."""
    return limit_set(
        player_id=player.pk, kind=kind, period=period, amount=Decimal(amount), actor=f"player:{player.pk}", now=now
    )


def deposits(player: Player, amount: str, reference: str, now: datetime = MONDAY) -> None:
    """A deposit asks for room under the caps."""
    deposit_reserve(
        player_id=player.pk, amount=Decimal(amount), currency=player.currency, reference=reference, actor="psp:bank",
        now=now,
    )  # fmt: skip


def in_force(player: Player, *, kind: str = LimitKind.DEPOSIT, period: str = LimitPeriod.DAY) -> Decimal | None:
    """The amount of the player's own limit."""
    row = Limit.objects.filter(player=player, owner="player", kind=kind, period=period, ended_at=None).first()
    return None if row is None else row.amount


def counted(player: Player, period: str = LimitPeriod.DAY) -> Counter:
    """The player's counter of a period."""
    return Counter.objects.get(player=player, period=period)
