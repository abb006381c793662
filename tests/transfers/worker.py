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


def die(**_named: Any) -> None:
    """Before it is done."""
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same, and the last thing that this process does."""

    def last(*arguments: Any, **named: Any) -> Any:
        work(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return last


def main() -> None:
    what, step, player_id = sys.argv[1:]
    names = vars(journeys)
    if step == "planned":
        names["leg_send"] = die
    elif step == "sent":
        names["leg_send"] = deadly(names["leg_send"])
    elif step == "called":
        names["leg_settle"] = die
    elif step == "booked":
        names["leg_settle"] = deadly(names["leg_settle"])
    player = Player.objects.get(pk=int(player_id))
    if what == "leave":
        player_leave(player=player, now=NOON)
        return
    # The names that launches holds are journeys' own functions, which look these up when they run.
    wish = Wish(player=player, provider="north-star", code="comet", mode=SessionMode.REAL, device="desktop")
    game_begin(wish=wish, now=NOON)


if __name__ == "__main__":
    main()
