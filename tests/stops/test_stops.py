"""Placing, ending and reviewing stops through their services."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from casino.games import errors
from casino.games.enums import StopReason, StopScope
from casino.games.models import Stop, StopReview
from casino.games.selectors.stops import stop_against_play, stops_not_reviewed
from casino.games.services.stops import stop_end, stop_place, stop_review, stops_end_due
from casino.games.tasks import end_due_stops
from common.errors import Refusal
from compliance.audit.models import AuditEvent
from tests.casino.play.table import Table
from tests.factories import NOON
from tests.staff import staff_member

CAROL, DAVE = "staff:7", "staff:8"
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def placed(table: Table, scope: StopScope = StopScope.GAME, **changes: object) -> Stop:
    """A stop by Carol at NOON."""
    targets = {
        StopScope.ALL: None, StopScope.PROVIDER: table.game.provider_id, StopScope.GAME: table.game.pk,
        StopScope.PLAYER: table.player.pk,
    }  # fmt: skip
    given = {"target_id": targets[scope], "code": StopReason.INCIDENT, "reason": "wins are late", "until": None}
    return stop_place(scope=scope, actor=CAROL, now=NOON, **(given | changes))  # type: ignore[arg-type]


def in_the_way(table: Table) -> StopScope | None:
    return stop_against_play(
        provider_id=table.game.provider_id, game_id=table.game.pk, player_id=table.player.pk
    )  # fmt: skip


@pytest.mark.parametrize("scope", StopScope)
def test_a_stop_of_each_scope_stands_in_the_way_until_play_is_resumed(table: Table, scope: StopScope) -> None:
    assert in_the_way(table) is None
    stop = placed(table, scope)
    assert in_the_way(table) is scope
    stop_end(stop_id=stop.pk, reason="repaired", actor=DAVE, now=NOON + HOUR)
    assert in_the_way(table) is None
    stop.refresh_from_db()
    assert (stop.ended_at, stop.ended_by, stop.end_reason) == (NOON + HOUR, DAVE, "repaired")


def test_the_widest_stop_is_told_first(table: Table) -> None:
    for scope in (StopScope.PLAYER, StopScope.GAME, StopScope.PROVIDER, StopScope.ALL):
        placed(table, scope)
        assert in_the_way(table) is scope


def test_another_game_provider_or_player_is_not_stopped(table: Table) -> None:
    placed(table, StopScope.GAME)
    placed(table, StopScope.PLAYER)
    provider, game, somebody = table.game.provider_id, table.game.pk, table.player.pk + 1
    assert stop_against_play(provider_id=provider, game_id=game + 1, player_id=somebody) is None
    assert stop_against_play(provider_id=provider, game_id=None, player_id=somebody) is None


def test_who_when_and_why_are_in_the_row_and_in_the_audit_trail(table: Table) -> None:
    stop = placed(table, until=NOON + HOUR)
    assert (stop.placed_by, stop.starts_at, stop.reason_code, stop.reason) == (
        CAROL, NOON, "incident", "wins are late"
    )  # fmt: skip
    stop_end(stop_id=stop.pk, reason="repaired", actor=DAVE, now=NOON + HOUR)
    told = list(AuditEvent.objects.order_by("id").values_list("name", "actor", "reason", "subject"))
    assert told[-2:] == [
        ("games:play:stopped", CAROL, "wins are late", f"games.game:{table.game.pk}"),
        ("games:play:resumed", DAVE, "repaired", f"games.game:{table.game.pk}"),
    ]


def refused(table: Table, refusal: type[Refusal], scope: StopScope = StopScope.GAME, **changes: object) -> None:
    before = Stop.objects.count()
    with pytest.raises(refusal):
        placed(table, scope, **changes)
    assert Stop.objects.count() == before


def test_what_is_stopped_already_is_not_stopped_again(table: Table) -> None:
    placed(table)
    refused(table, errors.StoppedAlready)
    placed(table, StopScope.PROVIDER)
    refused(table, errors.StoppedAlready, StopScope.PROVIDER)


def test_a_stop_of_nothing_known_is_refused(table: Table) -> None:
    refused(table, errors.StopTargetUnknown, target_id=10**9)
    refused(table, errors.StopTargetUnknown, target_id=None)


def test_a_planned_end_lies_in_the_future(table: Table) -> None:
    refused(table, errors.StopEndsTooEarly, until=NOON)
    refused(table, errors.StopEndsTooEarly, until=NOON - HOUR)


@pytest.mark.parametrize("code", [StopReason.LEGAL, StopReason.REGULATOR])
def test_what_the_law_stopped_has_no_planned_end_and_no_machine_resumes_it(table: Table, code: StopReason) -> None:
    refused(table, errors.LegalStopHasNoPlannedEnd, code=code, until=NOON + HOUR)
    stop = placed(table, code=code)
    with pytest.raises(errors.StopNeedsAPerson):
        stop_end(stop_id=stop.pk, reason="it was time", actor="system", now=NOON + HOUR)
    assert stops_end_due(now=NOON + 1000 * HOUR) == 0
    assert in_the_way(table) is StopScope.GAME
    stop_end(stop_id=stop.pk, reason="the order was lifted", actor=DAVE, now=NOON + HOUR)
    assert in_the_way(table) is None


def test_a_planned_end_resumes_play_once_and_not_before(table: Table) -> None:
    stop = placed(table, until=NOON + HOUR)
    assert stops_end_due(now=NOON + HOUR - timedelta(seconds=1)) == 0
    assert stops_end_due(now=NOON + HOUR) == 1
    assert stops_end_due(now=NOON + HOUR) == 0
    stop.refresh_from_db()
    assert (stop.ended_by, stop.end_reason) == ("system", "The planned end has come.")
    end_due_stops()


def test_an_ended_stop_is_not_ended_again(table: Table) -> None:
    stop = placed(table)
    stop_end(stop_id=stop.pk, reason="repaired", actor=DAVE, now=NOON)
    with pytest.raises(errors.StopEndedAlready):
        stop_end(stop_id=stop.pk, reason="really", actor=DAVE, now=NOON)


def test_somebody_else_reviews_a_stop_afterwards_and_once(table: Table) -> None:
    stop = placed(table)
    assert list(stops_not_reviewed()) == [stop]
    reviewed = partial(stop_review, stop_id=stop.pk, justified=True, now=NOON + HOUR)
    with pytest.raises(errors.StopReviewedByItsMaker):
        reviewed(note="I was right", actor=CAROL)
    reviewed(note="wins were late indeed", actor=DAVE)
    assert not stops_not_reviewed().exists()
    with pytest.raises(errors.StopReviewedAlready):
        reviewed(note="again", actor="staff:9")
    event = AuditEvent.objects.order_by("-id")[0]
    assert (event.name, event.actor, event.reason) == ("games:stop:reviewed", DAVE, "wins were late indeed")


def test_two_accounts_of_one_person_do_not_review_each_others_stops(table: Table) -> None:
    carol = staff_member("games", personnel_number="P-700")
    second = staff_member("compliance_officer", personnel_number="P-700")
    dave = staff_member("compliance_officer")
    stop = placed(table)
    other = placed(table, StopScope.PLAYER)
    Stop.objects.filter(pk=other.pk).update(ended_at=NOON, ended_by=CAROL, end_reason="over")
    mine = stop_place(
        scope=StopScope.PLAYER, target_id=table.player.pk, code=StopReason.INCIDENT, reason="wins are late", until=None,
        actor=f"staff:{carol.pk}", now=NOON,
    )  # fmt: skip
    with pytest.raises(errors.StopReviewedByItsMaker):
        stop_review(stop_id=mine.pk, justified=True, note="it was right", actor=f"staff:{second.pk}", now=NOON)
    with pytest.raises(IntegrityError, match="who did not place it"), transaction.atomic():
        StopReview.objects.create(
            stop=mine, justified=True, note="it was right", reviewed_by=f"staff:{second.pk}", reviewed_at=NOON
        )
    for reviewed in (mine, stop):
        stop_review(stop_id=reviewed.pk, justified=True, note="it was right", actor=f"staff:{dave.pk}", now=NOON)
