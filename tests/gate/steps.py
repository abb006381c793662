"""Everything that may come between a player and the next bet, each as one step on the player."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from compliance.enums import RestrictionKind
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.services.exclusions import exclusion_place
from compliance.gate.enums import FlagKind
from compliance.gate.models import PlayClock, Standing
from compliance.gate.services.flags import flag_place
from compliance.limits.services.own_limits import limit_set
from compliance.services.restrictions import restriction_place
from players.models import Brand, Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from players.services.players import player_block
from tests.factories import CAROL, NOON

Step = Callable[[Player], object]


def restricted(player: Player) -> None:
    restriction_place(
        player_id=player.pk, kind=RestrictionKind.GEO_BLOCKED, starts_at=NOON, ends_at=None, reason="x", actor=CAROL,
        now=NOON,
    )  # fmt: skip


def excluded(player: Player) -> None:
    exclusion_place(
        player_id=player.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor=f"player:{player.pk}", now=NOON
    )


def flagged(player: Player) -> None:
    flag_place(player_id=player.pk, kind=FlagKind.BET_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=NOON)


def limited(player: Player) -> None:
    limit_set(player_id=player.pk, kind="wager", period="day", amount=Decimal(0), actor=f"player:{player.pk}", now=NOON)


def blocked(player: Player) -> None:
    player_block(player_id=player.pk, actor=CAROL, now=NOON, reason="x")


def brand_closed(player: Player) -> None:
    Brand.objects.filter(pk=player.brand_id).update(enabled=False)


def check_fell_due(player: Player) -> None:
    PlayClock.objects.filter(pk=player.pk).update(
        started_at=NOON - timedelta(hours=1), due_at=NOON, interval_minutes=60
    )


def birth_date_told(player: Player) -> None:
    details = PersonalDetails(full_name="Alice Adams", birth_date=date(2000, 1, 1))
    personal_data_set(player_id=player.pk, details=details, actor="system:tests", reason="test", now=NOON)


# What a provider is told about the next bet.
REFUSING: Final[dict[str, tuple[Step, str]]] = {
    "a restriction": (restricted, "geo_blocked"),
    "an exclusion": (excluded, "self_excluded"),
    "a block of bets": (flagged, "player_blocked"),
    "a limit": (limited, "limit_reached"),
    "a blocked account": (blocked, "player_blocked"),
    "a closed brand": (brand_closed, "player_blocked"),
    "a reality check": (check_fell_due, "reality_check_due"),
}
SPOILING: Final[dict[str, Step]] = {name: step for name, (step, _code) in REFUSING.items()} | {
    "a birth date": birth_date_told,
}


def ready(player: Player) -> bool:
    """Whether the next bet would read the standing as it is."""
    return Standing.objects.get(pk=player.pk).valid_until is not None
