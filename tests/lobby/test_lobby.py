"""The games that a player is offered, and launching one: for money and for fun, with the gate asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from casino.games.models import Game
from casino.lobby.enums import DeviceKind
from casino.lobby.errors import AvailabilityRefused, GameNotOffered
from casino.lobby.selectors.games import Wish, games_offered
from casino.lobby.services.availability import availability_set
from casino.lobby.services.launches import game_launch
from casino.play import errors
from casino.play.enums import SessionMode
from casino.play.models import GameSession
from casino.play.services.sessions import Launch
from common.errors import Refusal
from compliance.enums import RestrictionKind
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.services.restrictions import restriction_place
from players.models import Player
from tests.casino.play.table import code_of, table_make
from tests.factories import CAROL, NOON, game_make, player_make, provider_make, session_make
from tests.gate.rules_of import Market, market_as

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def market(owner_connection: psycopg.Connection[Any]) -> Market:
    """Rules of a market, written as the tables' owner."""
    return market_as(owner_connection)


@pytest.fixture
def game() -> Game:
    return game_make(provider_make())


@pytest.fixture
def alice() -> Player:
    return player_make()


def offered(player: Player, **wish: str) -> list[str]:
    return sorted(games_offered(player=player, wish=Wish(**wish)).values_list("code", flat=True))


def set_to(game: Game, **changes: Any) -> None:
    Game.objects.filter(pk=game.pk).update(**changes)


def launch(player: Player, game: Game, mode: SessionMode = SessionMode.REAL, *, minutes: int = 0) -> Launch:
    return game_launch(
        player=player, provider=game.provider.code, code=game.code, mode=mode, device="desktop", ip="",
        now=NOON + timedelta(minutes=minutes),
    )  # fmt: skip


@pytest.mark.parametrize("changes", [
    {"enabled": False}, {"real_enabled": False, "demo_enabled": False}, {"blocked_countries": ["MT"]},
])  # fmt: skip
def test_a_game_that_is_off_or_closed_to_the_country_is_not_offered(
    alice: Player, game: Game, changes: dict[str, Any]
) -> None:
    assert offered(alice) == ["slot"]
    set_to(game, **changes)
    assert offered(alice) == []
    with pytest.raises(GameNotOffered):
        launch(alice, game)


def test_a_game_that_is_closed_to_the_brand_or_whose_provider_is_off_is_not_offered(alice: Player, game: Game) -> None:
    set_to(game, blocked_brands=[alice.brand_id])
    assert offered(alice) == []
    set_to(game, blocked_brands=[])
    type(game.provider).objects.update(enabled=False)
    assert offered(alice) == []


def test_a_game_is_offered_in_its_currencies_and_on_its_devices(alice: Player, game: Game) -> None:
    def available(currencies: list[str], devices: list[str]) -> None:
        availability_set(game=game, currencies=currencies, devices=devices, reason="x", actor=CAROL, now=NOON)

    available(["USD"], [])
    assert offered(alice) == []
    available(["USD", "EUR"], ["mobile"])
    assert offered(alice) == offered(alice, device=DeviceKind.MOBILE) == ["slot"]
    assert offered(alice, device=DeviceKind.DESKTOP) == []
    available([], [])
    assert offered(alice, device=DeviceKind.DESKTOP) == ["slot"]
    with pytest.raises(AvailabilityRefused):
        available(["ZZZ"], [])
    with pytest.raises(AvailabilityRefused):
        available([], ["fridge"])


def test_the_list_is_narrowed_by_category_provider_and_title(alice: Player, game: Game) -> None:
    wheel = game_make(game.provider, "wheel")
    set_to(wheel, category="roulette")
    assert offered(alice) == ["slot", "wheel"]
    assert offered(alice, category="roulette") == offered(alice, title="WHE") == ["wheel"]
    assert offered(alice, provider="nobody") == []


def test_a_game_is_launched_for_money_or_for_fun_where_it_may_be(alice: Player, game: Game) -> None:
    assert launch(alice, game).session.mode == "real"
    assert launch(alice, game, SessionMode.DEMO).session.mode == "demo"
    set_to(game, demo_enabled=False)
    with pytest.raises(errors.GameDisabled):
        launch(alice, game, SessionMode.DEMO)


@pytest.mark.parametrize("mode", SessionMode)
def test_who_may_not_play_launches_nothing_for_money_or_for_fun(alice: Player, game: Game, mode: SessionMode) -> None:
    restriction_place(
        player_id=alice.pk, kind=RestrictionKind.SELF_EXCLUDED, starts_at=NOON, ends_at=None, reason="x", actor=CAROL,
        now=NOON,
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        launch(alice, game, mode)
    assert refused.value.code == "self_excluded"
    assert not GameSession.objects.exists()


def test_a_risk_flag_refuses_without_saying_what_it_is(alice: Player, game: Game) -> None:
    flag_place(player_id=alice.pk, kind=FlagKind.RISK_FRAUD, ends_at=None, reason="x", actor=CAROL, now=NOON)
    with pytest.raises(Refusal) as refused:
        launch(alice, game)
    assert (refused.value.code, refused.value.details) == ("risk_flagged", {})


def test_slots_are_not_played_side_by_side_where_the_law_says_so(market: Market) -> None:
    table = table_make()
    second = game_make(table.game.provider, "second")
    assert code_of(table.bet("1")) == "ok"
    launch(table.player, second)
    assert code_of(table.bet("1")) == "ok", "in Malta both may run"
    market(table.player, "GB", slot__parallel=False)
    launch(table.player, second, minutes=1)
    assert code_of(table.bet("1")) == "session_expired"
    assert code_of(table.win("1")) == "ok", "and its round is settled"
    wheel = game_make(table.game.provider, "wheel")
    set_to(wheel, category="roulette")
    table.session = session_make(table.player, table.game)
    launch(table.player, wheel, minutes=2)
    assert code_of(table.bet("1")) == "ok", "a slot and a table may"
