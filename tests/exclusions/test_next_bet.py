"""The very next bet is refused, an open round is still settled, and the money stays the player's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casino.entrance.services.protection import break_take, player_exclude
from compliance.exclusions.enums import ExclusionKind
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from tests.casino.play.table import code_of, table_make
from tests.factories import NOON, caches_forget, session_make

pytestmark = pytest.mark.django_db(transaction=True)
SOON = NOON + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _forget() -> None:
    """What this process remembers of rows of earlier tests."""
    caches_forget()


def test_a_break_refuses_the_very_next_bet_and_settles_the_open_round() -> None:
    table = table_make("100")
    table.bet("10")
    table.now = SOON
    break_take(player_id=table.player.pk, length="PT24H", actor=f"player:{table.player.pk}", now=SOON)
    # The game's session has ended, and even one that nobody ended would not bet.
    assert code_of(table.bet("10", "r2")) != "ok"
    assert table.balance() == Decimal(90)
    table.win("25", closes=True)
    assert table.balance() == Decimal(115)
    assert gate_ask(player_id=table.player.pk, touchpoint=Touchpoint.WITHDRAWAL, now=SOON).allowed
    told = gate_ask(player_id=table.player.pk, touchpoint=Touchpoint.BET, now=SOON)
    assert [reason.code for reason in told.reasons] == ["time_out_active"]
    assert told.reasons[0].until == SOON + timedelta(hours=24)


def test_after_the_break_the_player_plays_again_and_after_an_exclusion_not() -> None:
    table = table_make("100")
    break_take(player_id=table.player.pk, length="PT24H", actor=f"player:{table.player.pk}", now=NOON)
    table.now = NOON + timedelta(hours=24)
    table.session = session_make(table.player, table.game, now=table.now)
    table.bet("10")
    assert table.balance() == Decimal(90)
    player_exclude(
        player_id=table.player.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor=f"player:{table.player.pk}",
        now=table.now,
    )  # fmt: skip
    for days in (1, 184, 3650):
        verdict = gate_ask(player_id=table.player.pk, touchpoint=Touchpoint.BET, now=table.now + timedelta(days=days))
        assert "self_excluded" in [reason.code for reason in verdict.reasons]
