"""Our own worker is killed -9 at each step of a transfer: whatever it leaves is finished by asking, to the cent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from casino.transfers.enums import LegState, VisitState
from tests.servers import CHECKOUT, with_database
from tests.transfers.conftest import NorthStar
from tests.transfers.scene import Scene, proved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(north_star: NorthStar) -> Scene:
    return Scene(north_star)


def killed(scene: Scene, what: str, step: str) -> None:
    """Another process does it and dies at that step."""
    environment = os.environ | {
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
        "TRANSFER_NORTH_STAR_URL": scene.star.url,
    }
    command = [sys.executable, "-m", "tests.transfers.worker", what, step, str(scene.alice.pk)]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, check=False, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]


LEFT_ON_THE_WAY_THERE = {
    "planned": (LegState.PLANNED, 0, VisitState.ABORTED),
    "sent": (LegState.SENT, 0, VisitState.ABORTED),
    "called": (LegState.SENT, 100, VisitState.AT_PROVIDER),
    "booked": (LegState.CONFIRMED, 100, VisitState.AT_PROVIDER),
}


@pytest.mark.parametrize("step", LEFT_ON_THE_WAY_THERE)
def test_a_launch_killed_at_any_step_ends_with_the_money_in_one_place(scene: Scene, step: str) -> None:
    leg, there, ends = LEFT_ON_THE_WAY_THERE[step]
    killed(scene, "launch", step)
    assert (scene.leg().state, scene.money, scene.there()) == (leg, (0, 100), there)
    proved()
    scene.janitor(61)
    assert scene.visit().state == ends
    assert scene.has("real") + scene.there() == 100
    proved()
    scene.leave()
    assert (scene.money, scene.there()) == ((100, 0), 0)
    proved()


@pytest.mark.parametrize("step", ["planned", "sent", "called", "booked"])
def test_a_return_killed_at_any_step_brings_the_money_back_once(scene: Scene, step: str) -> None:
    scene.launch()
    scene.plays(30, 5)
    killed(scene, "leave", step)
    proved()
    scene.janitor(61)
    scene.janitor(61)
    assert (scene.visit().state, scene.visit().returned) == (VisitState.CLOSED, 75)
    assert (scene.money, scene.there()) == ((75, 0), 0)
    assert scene.star.moves() == [("credit", 10_000), ("debit", 7_500)]
    proved()
