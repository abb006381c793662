"""A process of ours that launches or leaves a game and is killed -9 at a chosen step (tests/transfers/test_killed.py).

Arguments: launch or leave, the step after which it dies (sent, called, booked, or never), the player's key.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from casino.play.enums import SessionMode  # noqa: E402 - after setup
from casino.transfers.services import journeys  # noqa: E402
from casino.transfers.services.launches import Wish, game_begin, player_leave  # noqa: E402
from players.models import Player  # noqa: E402
from tests.factories import NOON  # noqa: E402


def deadly(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same, and the last thing that this process does."""

    def last(*arguments: Any, **named: Any) -> Any:
        work(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return last


def main() -> None:
    what, step, player_id = sys.argv[1:]
    if step == "planned":
        journeys.leg_send = lambda **_named: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    elif step == "sent":
        journeys.leg_send = deadly(journeys.leg_send)
    elif step == "called":
        journeys.leg_settle = lambda **_named: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    elif step == "booked":
        journeys.leg_settle = deadly(journeys.leg_settle)
    player = Player.objects.get(pk=int(player_id))
    if what == "leave":
        player_leave(player=player, now=NOON)
        return
    # The names that launches holds are journeys' own functions, which look these up when they run.
    wish = Wish(player=player, provider="north-star", code="comet", mode=SessionMode.REAL, device="desktop")
    game_begin(wish=wish, now=NOON)


if __name__ == "__main__":
    main()
