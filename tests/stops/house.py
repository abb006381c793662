"""Stops as the tests place them, by the product's own rows."""

from __future__ import annotations

from casino.games.enums import StopReason, StopScope
from casino.games.models import Game, Provider, Stop, StopReview
from players.models import Player
from tests.casino.play.table import Table
from tests.factories import CAROL, NOON


def stop_make(target: Provider | Game | Player | None, *, code: StopReason = StopReason.INCIDENT) -> Stop:
    """A live stop of the target, of everything when None, placed by Carol at NOON."""
    scope = StopScope.ALL if target is None else StopScope(type(target).__name__.lower())
    names = {} if target is None else {scope.value: target}
    return Stop.objects.create(
        scope=scope, reason_code=code, reason="wins are late", placed_by=CAROL, starts_at=NOON, **names
    )


def stops_of_the_story(table: Table, other: Player) -> dict[str, int]:
    """Ids for the guards' tests: the provider and all gaming are stopped, and a stop of Bob was ended and reviewed."""
    stop_make(None)
    ended = stop_make(other)
    Stop.objects.filter(pk=ended.pk).update(ended_at=NOON, ended_by=CAROL, end_reason="over")
    StopReview.objects.create(stop=ended, justified=True, note="right", reviewed_by="staff:dave", reviewed_at=NOON)
    return {"stop": stop_make(table.game.provider).pk, "ended_stop": ended.pk}
