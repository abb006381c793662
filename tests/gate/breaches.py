"""SQL that breaks each promise about flags, clocks, reality checks and locations (tests/wallet/guards)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from casino.games.models import Game
from casino.lobby.models import Availability
from compliance.gate.enums import FlagKind
from compliance.gate.models import Flag, PlayClock, RealityCheck, RealityInterval
from compliance.gate.services.flags import flag_lift, flag_place
from compliance.geo.models import LocationCheck
from players.models import Player
from tests.factories import CAROL, NOON

_FLAG = (
    "INSERT INTO gate_flag (player_id, kind, starts_at, ends_at, reason, placed_by, lifted_by, lift_reason)"
    " VALUES (%(player)s, {kind}, now(), {ends}, {reason}, 'staff:1', {lifted}, {why})"
)


def _flag(
    *, kind: str = "'bet_blocked'", ends: str = "NULL", reason: str = "'x'", lifted: str = "''", why: str = "''"
) -> str:
    return _FLAG.format(kind=kind, ends=ends, reason=reason, lifted=lifted, why=why)


_CHECK = (
    "INSERT INTO gate_realitycheck (player_id, started_at, due_at, acknowledged_at, staked, won, currency)"
    " SELECT player_id, started_at, {due}, {acknowledged}, 0, 0, 'EUR' FROM gate_realitycheck"
)
_PLACE = (
    "INSERT INTO geo_locationcheck (player_id, ip, outcome, allowed, country, region, city, jurisdiction,"
    " database_build, checked_at) VALUES (%(player)s, '192.0.2.1', {outcome}, {allowed}, '', '', '', 'MT', 0, now())"
)

BY_ANYBODY: dict[str, list[str]] = {
    "flag_kind_known": [_flag(kind="'gift'")],
    "flag_reason_told": [_flag(reason="''")],
    "flag_ends_after_start": [_flag(ends="now() - interval '1 day'")],
    "flag_lift_is_told": [
        _flag(lifted="'staff:1'", ends="now() + interval '1 day'"),
        _flag(why="'x'"),
        _flag(lifted="'staff:1'", why="'x'"),
    ],
    "flag_is_lifted_once": ["UPDATE gate_flag SET lift_reason = 'y' WHERE lifted_by <> ''"],
    "clock_due_after_start": ["UPDATE gate_playclock SET due_at = started_at"],
    "clock_due_with_an_interval": [
        "UPDATE gate_playclock SET interval_minutes = NULL",
        "UPDATE gate_playclock SET due_at = NULL",
    ],
    "reality_interval_within_a_day": ["UPDATE gate_realityinterval SET minutes = 0"],
    "reality_check_acknowledged_once": [_CHECK.format(due="due_at", acknowledged="acknowledged_at")],
    "reality_check_acknowledged_when_due": [
        _CHECK.format(due="due_at + interval '1 hour'", acknowledged="acknowledged_at")
    ],
    "location_outcome_known": [_PLACE.format(outcome="'moon'", allowed="false")],
    "location_allowed_inside_alone": [_PLACE.format(outcome="'unknown'", allowed="true")],
    "availability_devices_known": ["UPDATE lobby_availability SET devices = '{fridge}'"],
}
BY_OWNER: dict[str, list[str]] = {
    "flag_keeps_its_content": ["UPDATE gate_flag SET kind = 'risk_harm'", "UPDATE gate_flag SET reason = 'y'"],
    "flags_are_kept_for_ever": ["DELETE FROM gate_flag"],
    "reality_checks_are_never_edited": ["UPDATE gate_realitycheck SET staked = 1", "DELETE FROM gate_realitycheck"],
    "location_checks_are_never_edited": [
        "UPDATE geo_locationcheck SET country = 'SE'",
        "DELETE FROM geo_locationcheck",
    ],
}


def gate_of_the_story(player: Player) -> None:
    """A flag that stands, one that was lifted, a clock, a check, an interval, a look, and a narrowed game."""
    for kind in (FlagKind.RISK_BONUS_ABUSE, FlagKind.RISK_HARM):
        flag = flag_place(player_id=player.pk, kind=kind, ends_at=None, reason="x", actor=CAROL, now=NOON)
    flag_lift(flag_id=flag.pk, reason="y", actor=CAROL, now=NOON)
    hour = timedelta(hours=1)
    PlayClock.objects.update_or_create(
        pk=player.pk, defaults={"started_at": NOON, "due_at": NOON + 2 * hour, "interval_minutes": 60}
    )
    RealityCheck.objects.create(
        player=player, started_at=NOON, due_at=NOON + hour, acknowledged_at=NOON + hour, staked=Decimal(1),
        won=Decimal(0), currency="EUR",
    )  # fmt: skip
    RealityInterval.objects.create(pk=player.pk, minutes=60, chosen_at=NOON)
    LocationCheck.objects.create(
        player=player, ip="192.0.2.1", outcome="unknown", allowed=False, jurisdiction=player.jurisdiction,
        checked_at=NOON,
    )  # fmt: skip
    game = Game.objects.order_by("pk").first()
    if game is not None:
        Availability.objects.get_or_create(pk=game.pk)


def gate_kept(player: Player) -> dict[str, int]:
    """The same: the key of a row of every sort of the player's, by the path of its screen."""
    gate_of_the_story(player)
    models = (Flag, PlayClock, RealityCheck, RealityInterval, LocationCheck)
    return {
        f"{model._meta.app_label}/{model._meta.model_name}": model._default_manager.filter(player=player)
        .order_by("pk")[0]
        .pk
        for model in models
    }
