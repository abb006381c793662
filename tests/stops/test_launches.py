"""Launches of games while play is stopped: refused with the contract's words, at the launch and at the exchange."""

from __future__ import annotations

import pytest

from casino.games.enums import StopScope
from casino.games.models import Game, Provider
from casino.play.enums import SessionMode
from casino.play.errors import GameDisabled
from casino.play.models import GameSession
from casino.play.services.sessions import session_authenticate, session_launch
from common.errors import Refusal
from compliance.errors import PlayerBlocked
from players.models import Player
from tests.casino.play.table import Table, seat
from tests.factories import NOON, game_make, provider_make, session_make
from tests.stops.house import stop_make

pytestmark = pytest.mark.django_db


def target_of(table: Table, scope: StopScope) -> Provider | Game | Player | None:
    return {
        StopScope.ALL: None, StopScope.PROVIDER: table.game.provider, StopScope.GAME: table.game,
        StopScope.PLAYER: table.player,
    }[scope]  # fmt: skip


@pytest.mark.parametrize("scope", StopScope)
def test_a_stop_refuses_the_next_launch_and_the_exchange_of_an_earlier_token(table: Table, scope: StopScope) -> None:
    refusal: type[Refusal] = PlayerBlocked if scope is StopScope.PLAYER else GameDisabled
    launch = session_launch(player=table.player, game=table.game, mode=SessionMode.REAL, now=NOON)
    stop_make(target_of(table, scope))
    launched = GameSession.objects.count()
    with pytest.raises(refusal):
        session_launch(player=table.player, game=table.game, mode=SessionMode.REAL, now=NOON)
    with pytest.raises(refusal):
        session_authenticate(token=launch.token, game_code=table.game.code, caller=table.caller, now=NOON)
    assert GameSession.objects.count() == launched
    assert GameSession.objects.get(pk=launch.session.pk).authenticated_at is None, "the token is not used up"


def test_play_for_fun_is_stopped_too(table: Table) -> None:
    stop_make(table.game)
    with pytest.raises(GameDisabled):
        session_launch(player=table.player, game=table.game, mode=SessionMode.DEMO, now=NOON)


def test_others_launch_while_one_game_and_one_player_are_stopped(table: Table) -> None:
    bob = seat(game_make(provider_make("other"), "their-slot"), "Bob")
    stop_make(table.game)
    stop_make(table.player)
    assert session_make(bob.player, bob.game)


def test_a_provider_that_names_a_stopped_game_at_the_exchange_is_refused(table: Table) -> None:
    other = game_make(table.game.provider, "other-slot")
    launch = session_launch(player=table.player, game=table.game, mode=SessionMode.REAL, now=NOON)
    stop_make(other)
    with pytest.raises(GameDisabled):
        session_authenticate(token=launch.token, game_code="other-slot", caller=table.caller, now=NOON)
