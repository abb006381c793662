"""A player's own calls: launch with money, see it, leave, and what he is told when something is not known."""

from __future__ import annotations

from typing import Any

import pytest

from casino.transfers.models import TransferVisit
from casino.transfers.services.sweeps import visits_sweep
from common.clock import utc_now
from players.models import Player
from tests.accounts.cast import Caller
from tests.factories import deposit_make
from tests.player_api.conftest import alice, aurora, nothing_counted
from tests.transfers.conftest import NorthStar
from tests.transfers.scene import north_star_make

__all__ = ["alice", "aurora", "nothing_counted"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rich(alice: Caller, north_star: NorthStar) -> Caller:
    """Alice with a hundred, and the game Comet."""
    north_star_make()
    deposit_make(Player.objects.get(), "100")
    return alice


def launched(caller: Caller, **changed: Any) -> Any:
    body = {"provider": "north-star", "code": "comet", "mode": "real", "device": "desktop"}
    return caller.post("play/launches", body | changed)


def test_a_transfer_game_is_listed_launched_seen_and_left(rich: Caller, north_star: NorthStar) -> None:
    assert rich.get("play/games").json()["items"][0]["transfer"] is True
    answer = launched(rich, amount="60.00")
    assert answer.status_code == 201, answer.json()
    told = answer.json()
    assert (told["token"], told["transfer"]["sent"], told["transfer"]["state"]) == ("", "60.00", "at_provider")
    assert told["url"].startswith(north_star.url)
    player = Player.objects.get().public_id
    north_star.plays(player, 2_000, 500)
    visits_sweep(now=utc_now())
    assert rich.get("play/transfer").json()["visit"]["sent"] == "60.00"
    left = rich.post("play/transfer/exit", {})
    assert (left.status_code, left.json()["state"], left.json()["returned"]) == (200, "closed", "45.00")
    assert rich.get("play/transfer").json() == {"visit": None}
    assert rich.get("play/transfers").json()["items"][0]["reason"] == "exit"
    assert rich.post("play/transfer/exit", {}).json()["error"]["code"] == "visit_not_found"


def test_the_lobby_leaves_out_what_a_launch_would_refuse(rich: Caller, settings: Any) -> None:
    settings.TRANSFER_URLS = {}
    assert rich.get("play/games").json()["items"] == []
    assert launched(rich).json()["error"]["code"] == "transfer_not_connected"


def test_leaving_all_games_fetches_the_money(rich: Caller, north_star: NorthStar) -> None:
    launched(rich)
    assert rich.post("play/exit", {}).status_code == 204
    assert TransferVisit.objects.get().state == "closed"


@pytest.mark.parametrize(("changed", "status", "code"), [
    ({"amount": "1e3"}, 400, "invalid_amount"), ({"amount": "0.001"}, 400, "transfer_amount_refused"),
    ({"amount": "100.01"}, 409, "transfer_above_balance"),
])  # fmt: skip
def test_an_amount_that_can_not_go_is_refused(rich: Caller, changed: dict[str, str], status: int, code: str) -> None:
    answer = launched(rich, **changed)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_while_nobody_knows_the_player_is_told_so(rich: Caller, north_star: NorthStar) -> None:
    north_star.fault("credit", "lose")
    answer = launched(rich)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "transfer_under_way")
    assert rich.get("play/transfer").json()["visit"]["state"] == "opening"


def test_for_fun_no_money_travels(rich: Caller, north_star: NorthStar) -> None:
    answer = launched(rich, mode="demo").json()
    assert (answer["transfer"], north_star.moves()) == (None, [])
    assert answer["url"]


def test_nobody_sees_another_players_money(rich: Caller) -> None:
    launched(rich)
    assert TransferVisit.objects.exclude(player=Player.objects.get()).count() == 0
