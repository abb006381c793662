"""`python -m tests.casino.play.cut_off WHEN …`: a process that dies by kill -9 in the middle of a bet.

WHEN is `before` (decided, nothing written), `written` (sent to the database, not known to the process whether it was
committed) or `after` (committed, not answered).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django

django.setup()

from casino.play.services.calls import bet_place  # noqa: E402 - Django's apps come first
from casino.play.types import Answer, BetCall, Caller  # noqa: E402
from common.database.money_transaction import MoneyTransaction  # noqa: E402
from common.database.pipeline import Statement  # noqa: E402
from tests.factories import NOON  # noqa: E402
from wallet.api.answers import WalletV1  # noqa: E402


def die() -> None:
    """As the kernel's out-of-memory killer would have it."""
    os.kill(os.getpid(), signal.SIGKILL)


class DiesBeforeWriting(WalletV1):
    """Is asked for the words of a booking, and never says them."""

    def booked(self, **_what: Any) -> Answer:
        die()
        raise AssertionError("killed before this")


class DiesWhileWriting(MoneyTransaction):
    """Sends the writing statement and COMMIT, and does not wait for what comes back."""

    def commit_with(self, *steps: tuple[Statement, Sequence[object]]) -> None:
        if os.fork() == 0:
            super().commit_with(*steps)
            os._exit(0)
        die()


def main(when: str, provider_id: str, code: str, player: str, session: str, game: str, call_id: str) -> None:
    call = BetCall(
        transaction_id=call_id, session_id=session, player_id=player, game_code=game, round_id="r1",
        amount=Decimal(10), currency="EUR",
    )  # fmt: skip
    if when == "written":
        vars(sys.modules[bet_place.__module__])["MoneyTransaction"] = DiesWhileWriting
    bet_place(
        call=call,
        caller=Caller(provider_id=int(provider_id), code=code),
        dialect=DiesBeforeWriting("dying") if when == "before" else WalletV1("dying"),
        now=NOON,
    )
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])
