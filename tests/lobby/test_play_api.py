"""The player API of play: lobby, launch, location, reality check and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casino.games.models import Game
from casino.play.models import GameSession
from common.clock import utc_now
from compliance.enums import RestrictionKind
from compliance.gate.enums import FlagKind
from compliance.gate.models import PlayClock
from compliance.gate.services.flags import flag_place
from compliance.services.restrictions import restriction_place
from players.models import Player
from tests.accounts.cast import Caller
from tests.factories import CAROL, game_make, provider_make
from tests.player_api.conftest import alice, aurora, nothing_counted

__all__ = ["alice", "aurora", "nothing_counted"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def game() -> Game:
    return game_make(provider_make())


def launched(caller: Caller, **changed: Any) -> Any:
    body = {"provider": "sandbox", "code": "slot", "mode": "real", "device": "desktop"}
    return caller.post("play/launches", body | changed)


def player_of(_caller: Caller) -> Player:
    return Player.objects.get()


def test_the_lobby_is_listed_by_pages_and_filtered(alice: Caller, game: Game) -> None:
    for number in range(3):
        game_make(game.provider, f"game-{number}")
    page = alice.get("play/games?limit=3").json()
    assert [one["code"] for one in page["items"]] == ["game-2", "game-1", "game-0"]
    rest = alice.get(f"play/games?limit=3&before={page['next']}").json()
    assert ([one["code"] for one in rest["items"]], rest["next"]) == (["slot"], None)
    assert alice.get("play/games?title=slot&device=mobile").json()["items"][0] == {
        "provider": "sandbox", "code": "slot", "name": "Slot", "category": "slot", "real": True, "demo": True,
        "theoretical_rtp": "96", "transfer": False,
    }  # fmt: skip


@pytest.mark.parametrize("query", ["device=fridge", "category=chess", "limit=0", "limit=1000", "before=x"])
def test_an_impossible_filter_is_one_clear_error(alice: Caller, query: str) -> None:
    answer = alice.get(f"play/games?{query}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")


def test_a_launch_gives_a_token_once_and_refusals_are_typed(alice: Caller, game: Game) -> None:
    answer = launched(alice)
    assert answer.status_code == 201, answer.content
    assert set(answer.json()) == {"token", "url", "transfer", "session", "mode", "expires_at"}
    assert launched(alice, code="nothing").json()["error"]["code"] == "game_not_offered"
    assert launched(alice, mode="free").status_code == 400
    restriction_place(
        player_id=player_of(alice).pk, kind=RestrictionKind.TIME_OUT_ACTIVE, starts_at=utc_now(), ends_at=None,
        reason="x", actor=CAROL, now=utc_now(),
    )  # fmt: skip
    assert launched(alice).json()["error"]["code"] == "time_out_active"


def test_nothing_of_play_is_told_to_who_is_not_signed_in(db: None) -> None:
    stranger = Caller()
    calls = [("GET", "play/games"), ("POST", "play/launches"), ("GET", "why"), ("GET", "play/reality-check")]
    for method, path in calls:
        assert stranger.call(method, path).status_code == 401


def test_why_tells_every_reason_at_every_touchpoint_and_nothing_of_risk(alice: Caller) -> None:
    verdicts = alice.get("why").json()["touchpoints"]
    assert {one["touchpoint"]: one["allowed"] for one in verdicts} == dict.fromkeys(
        ("bet", "deposit", "launch", "bonus", "withdrawal"), True
    )
    player = player_of(alice)
    flag_place(player_id=player.pk, kind=FlagKind.RISK_FRAUD, ends_at=None, reason="x", actor=CAROL, now=utc_now())
    restriction_place(
        player_id=player.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=utc_now(), ends_at=None, reason="secret",
        actor=CAROL, now=utc_now(),
    )  # fmt: skip
    (bet,) = alice.get("why?touchpoint=bet&amount=5&slot=true").json()["touchpoints"]
    assert [reason["code"] for reason in bet["reasons"]] == ["kyc_required", "risk_flagged"]
    told = alice.get("why").content.decode()
    assert "fraud" not in told.lower()
    assert "secret" not in told
    assert "staff:" not in told


def test_an_impossible_question_is_one_clear_error(alice: Caller) -> None:
    for query in ("touchpoint=marketing", "amount=-1", "amount=lots", "slot=perhaps"):
        assert alice.get(f"why?{query}").status_code == 400, query


def test_the_reality_check_is_shown_and_acknowledged(alice: Caller, game: Game) -> None:
    nothing = alice.get("play/reality-check").json()
    assert (nothing["due"], nothing["playing_since"], nothing["interval_minutes"]) == (False, None, 60)
    assert alice.post("play/reality-check").json()["error"]["code"] == "reality_check_not_due"
    hour_ago = utc_now() - timedelta(hours=1)
    PlayClock.objects.create(pk=player_of(alice).pk, started_at=hour_ago, due_at=utc_now(), interval_minutes=60)
    shown = alice.get("play/reality-check").json()
    assert shown["due"]
    assert 3595 <= shown["elapsed_seconds"] <= 3605
    assert (shown["staked"], shown["won"], shown["net"]) == ("0.00", "0.00", "0.00")
    (bet,) = alice.get("why?touchpoint=bet").json()["touchpoints"]
    assert [reason["code"] for reason in bet["reasons"]] == ["reality_check_due"]
    assert alice.post("play/reality-check").json()["due"] is False
    (bet,) = alice.get("why?touchpoint=bet").json()["touchpoints"]
    assert bet["allowed"]


def test_the_player_chooses_how_often_within_the_bounds(alice: Caller) -> None:
    answer = alice.call("PUT", "play/reality-check/interval", {"minutes": 30})
    assert answer.json()["interval_minutes"] == 30
    assert alice.call("PUT", "play/reality-check/interval", {"minutes": 5}).json()["error"]["code"] == (
        "reality_interval_refused"
    )
    assert alice.call("PUT", "play/reality-check/interval", {"minutes": "x"}).status_code == 400


def test_where_no_location_is_needed_the_answer_says_so(alice: Caller) -> None:
    assert alice.post("play/location").json() == {
        "needed": False, "allowed": True, "outcome": "", "country": "", "checked_at": None,
    }  # fmt: skip


def test_leaving_ends_the_games(alice: Caller, game: Game) -> None:
    launched(alice)
    assert alice.post("play/exit").status_code == 204
    assert set(GameSession.objects.values_list("end_reason", flat=True)) == {"closed"}
