"""Two at once: one stay, one movement. Real connections, and what happens without the lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from casino.transfers.enums import VisitState
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.services import openings
from casino.transfers.services.janitor import transfers_resolve
from casino.transfers.services.journeys import leg_drive
from casino.transfers.services.sweeps import visits_sweep
from common.errors import Refusal
from tests.casino.play.together import together
from tests.transfers.conftest import NorthStar
from tests.transfers.scene import Scene, planned, proved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(north_star: NorthStar) -> Scene:
    return Scene(north_star)


def outcome(work: Callable[[], object]) -> str:
    """ "ok", or the code of the refusal."""
    try:
        work()
    except Refusal as refusal:
        return refusal.code
    return "ok"


def at_once(works: list[Callable[[], object]]) -> list[str]:
    return sorted(together([partial(outcome, work) for work in works]))


def test_of_two_launches_at_once_one_takes_the_money_along(scene: Scene) -> None:
    told = at_once([partial(scene.launch, "60")] * 4)
    assert told.count("ok") >= 1
    assert set(told) <= {"ok", "money_at_another_provider", "transfer_under_way"}
    assert TransferVisit.objects.count() == 1
    assert (scene.money, scene.there()) == ((40, 60), 60)
    scene.leave()
    proved()


def test_without_the_lock_both_come_as_far_as_the_database_lets_them(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []

    def nothing(_player: Any) -> None:
        """Nobody waits for anybody."""

    def slowly(player_id: int) -> None:
        reached.append("looked")
        time.sleep(0.5)

    monkeypatch.setattr(openings, "limits_lock", nothing)
    monkeypatch.setattr(openings, "visit_open_of", slowly)
    told = at_once([partial(planned, scene, "60"), partial(planned, scene, "40")])
    assert reached == ["looked", "looked"], "the race is real: both saw no money out"
    assert told == ["money_at_another_provider", "ok"], "one_open_visit_per_player stopped the second"
    assert TransferVisit.objects.count() == 1


def test_a_leg_driven_by_many_at_once_is_sent_once(scene: Scene) -> None:
    leg = planned(scene)
    together([partial(leg_drive, leg_id=leg.pk, actor="player:1", now=scene.now)] * 4)
    assert TransferLeg.objects.get(pk=leg.pk).attempts == 1
    assert scene.star.moves() == [("credit", 10_000)]


def test_exit_sweep_and_janitor_at_once_bring_the_money_back_once(scene: Scene) -> None:
    scene.launch()
    scene.plays(30, 0)
    type(scene.alice).objects.filter(pk=scene.alice.pk).update(status="blocked")
    now = scene.later(60)
    works: list[Callable[[], object]] = [
        scene.leave, scene.leave, partial(visits_sweep, now=now), partial(visits_sweep, now=now),
        partial(transfers_resolve, now=now),
    ]  # fmt: skip
    together(works)
    scene.janitor(61)
    assert (scene.visit().state, scene.money, scene.there()) == (VisitState.CLOSED, (70, 0), 0)
    assert scene.star.moves() == [("credit", 10_000), ("debit", 7_000)]
    proved()


def test_a_late_answer_and_the_janitors_question_book_once(scene: Scene) -> None:
    scene.launch()
    scene.star.fault("debit-all", "late")
    scene.leave()
    now = scene.later(61)
    together([partial(transfers_resolve, now=now)] * 3)
    assert (scene.visit().state, scene.money) == (VisitState.CLOSED, (100, 0))
    assert [kind for kind, _cents in scene.star.moves()] == ["credit", "debit"]
    proved()
