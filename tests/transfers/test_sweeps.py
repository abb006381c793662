"""Money does not stay at a provider: who idles, leaves, is signed out, excluded or stopped gets it back unasked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings as house

from casino.entrance.services.protection import player_exclude
from casino.games.enums import StopReason, StopScope
from casino.games.services.stops import stop_place
from casino.play.models import GameSession
from casino.play.services.sessions import sessions_expire
from casino.transfers import errors
from casino.transfers.enums import VisitState
from common.errors import Refusal
from compliance.exclusions.enums import ExclusionKind
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.limits.enums import LimitKind, LimitPeriod
from players.accounts.enums import SessionEnd
from players.accounts.models import Device, PlayerSession
from tests.factories import CAROL, NOON
from tests.gate.rules_of import Market, market_as
from tests.limits.scene import sets
from tests.transfers.conftest import NorthStar
from tests.transfers.scene import Scene, proved
from wallet.selectors.flows import flows_since

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(north_star: NorthStar) -> Scene:
    return Scene(north_star)


@pytest.fixture
def market(owner_connection: psycopg.Connection[Any]) -> Market:
    """Rules of a market, written as the tables' owner."""
    return market_as(owner_connection)


def stop(scope: StopScope, target: int | None) -> None:
    stop_place(scope=scope, target_id=target, code=StopReason.INCIDENT, reason="x", until=None, actor=CAROL, now=NOON)


def excluded(scene: Scene) -> None:
    player_exclude(
        player_id=scene.alice.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", reason="asked",
        actor=f"player:{scene.alice.pk}", now=scene.now,
    )  # fmt: skip


def flagged(scene: Scene) -> None:
    flag_place(
        player_id=scene.alice.pk, kind=FlagKind.BET_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=scene.now
    )


def blocked(scene: Scene) -> None:
    type(scene.alice).objects.filter(pk=scene.alice.pk).update(status="blocked")


REASONS: dict[str, tuple[Callable[[Scene], object], str, str]] = {
    "flag": (flagged, "not_allowed", "bet_blocked"),
    "block": (blocked, "not_allowed", "player_blocked"),
    "all gaming": (lambda _s: stop(StopScope.ALL, None), "stopped", "all"),
    "provider": (lambda s: stop(StopScope.PROVIDER, s.game.provider_id), "stopped", "provider"),
    "game": (lambda s: stop(StopScope.GAME, s.game.pk), "stopped", "game"),
    "player": (lambda s: stop(StopScope.PLAYER, s.alice.pk), "stopped", "player"),
    "switched off": (
        lambda s: type(s.game.provider).objects.update(enabled=False), "stopped", "provider switched off",
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", REASONS)
def test_money_is_fetched_from_whoever_may_not_play_any_more(scene: Scene, why: str) -> None:
    happens, reason, note = REASONS[why]
    scene.launch()
    scene.plays(30, 0)
    assert scene.sweep() == 0, "nothing is wrong yet"
    happens(scene)
    assert scene.sweep() == 1
    visit = scene.visit()
    assert (visit.state, visit.return_reason, visit.return_note) == (VisitState.CLOSED, reason, note)
    assert (scene.money, scene.there()) == ((70, 0), 0)
    proved()


def test_an_excluded_player_gets_what_is_left_and_launches_nothing(scene: Scene, market: Market) -> None:
    market(scene.alice, "MT")
    scene.launch()
    scene.plays(10, 0)
    excluded(scene)
    assert scene.sweep() == 1
    assert (scene.visit().state, scene.visit().return_reason) == (VisitState.CLOSED, "not_allowed")
    assert scene.money == (90, 0)
    with pytest.raises(Refusal):
        scene.launch()
    assert (scene.money, scene.there()) == ((90, 0), 0)
    proved()


def test_an_exclusion_while_the_way_there_is_unknown_turns_the_money_round(scene: Scene) -> None:
    scene.star.fault("credit", "lose")
    with pytest.raises(errors.TransferUnderWay):
        scene.launch()
    flagged(scene)
    assert scene.sweep(20) == 1
    assert (scene.visit().state, scene.visit().return_reason) == (VisitState.OPENING, "not_allowed")
    scene.janitor(61)
    assert (scene.visit().state, scene.money, scene.there()) == (VisitState.CLOSED, (100, 0), 0)
    proved()


def test_who_plays_keeps_the_money_there_and_who_idles_gets_it_back(scene: Scene, market: Market) -> None:
    market(scene.alice, "ZZ", reality_check=None)
    scene.launch()
    for _minute in range(4):
        scene.plays(1, 0)
        assert scene.sweep(house.SESSION_IDLE.total_seconds() / 2) == 0
        sessions_expire(now=scene.now)
    assert scene.visit().seen_balance == 96, "what is there is seen"
    scene.later(house.SESSION_IDLE.total_seconds() + 1)
    sessions_expire(now=scene.now)
    assert scene.sweep(1) == 1
    assert (scene.visit().return_reason, scene.money) == ("idle", (96, 0))
    proved()


def test_who_signs_out_gets_the_money_back(scene: Scene) -> None:
    device = Device.objects.create(
        player=scene.alice, device_index=b"d", kind="Firefox", first_seen_at=NOON, last_seen_at=NOON
    )
    sign_in = PlayerSession.objects.create(
        public_id="ps_1", player=scene.alice, token_digest=b"t", device=device, user_agent="", created_at=NOON,
        last_seen_at=NOON, strong_at=NOON,
    )  # fmt: skip
    scene.sign_in_id = sign_in.pk
    scene.launch()
    assert scene.sweep() == 0
    PlayerSession.objects.update(ended_at=scene.now, end_reason=SessionEnd.values[0])
    assert scene.sweep() == 1
    assert (scene.visit().return_reason, scene.money) == ("signed_out", (100, 0))


def test_a_session_that_staff_ended_ends_the_stay(scene: Scene) -> None:
    begun = scene.launch()
    GameSession.objects.filter(pk=begun.session.pk).update(ended_at=scene.now, end_reason="revoked")
    assert scene.sweep() == 1
    assert scene.visit().return_reason == "ended"


def test_a_reality_check_that_falls_due_interrupts_the_stay(scene: Scene, market: Market) -> None:
    market(scene.alice, "ZZ", reality_check={
        "mode": "fixed", "default_minutes": 60, "min_minutes": 60, "max_minutes": 60, "break_minutes": 0,
    })  # fmt: skip
    scene.launch()
    assert scene.sweep(30 * 60) == 0
    scene.plays(1, 0)
    assert scene.sweep(31 * 60) == 1
    assert scene.visit().return_note == "reality_check_due"


def test_a_provider_that_does_not_answer_is_swept_when_it_does(scene: Scene) -> None:
    scene.launch()
    flagged(scene)
    scene.star.fault("debit-all", "error")
    scene.star.fault("status", "error")
    scene.sweep()
    assert (scene.visit().state, scene.money) == (VisitState.RETURNING, (0, 100))
    scene.janitor(61)
    scene.janitor(61)
    assert (scene.visit().state, scene.money) == (VisitState.CLOSED, (100, 0))
    proved()


# -- limits ----------------------------------------------------------------------------------------------------------


def test_no_more_goes_along_than_a_loss_limit_leaves(scene: Scene) -> None:
    sets(scene.alice, "30", NOON, kind=LimitKind.LOSS)
    with pytest.raises(errors.TransferAboveLimit) as refused:
        scene.launch("30.01")
    assert refused.value.details == {"left": "30"}
    scene.launch()
    assert scene.there() == 30
    scene.plays(30, 10)
    scene.leave()
    assert scene.money == (80, 0)
    scene.later(1)
    scene.launch()
    assert scene.there() == 10, "twenty were lost today already"
    scene.plays(10, 0)
    scene.leave()
    with pytest.raises(Refusal, match="limit"):
        scene.launch()
    assert scene.money == (70, 0)
    proved()


def test_a_win_makes_room_under_a_loss_limit_again(scene: Scene) -> None:
    sets(scene.alice, "30", NOON, kind=LimitKind.LOSS)
    scene.launch("20")
    scene.plays(20, 0)
    scene.leave()
    scene.launch("10")
    scene.plays(10, 25)
    scene.leave()
    scene.launch()
    assert scene.there() == 25, "thirty less twenty lost and fifteen won"


def test_the_ledger_counts_a_stay_as_the_counter_does(scene: Scene) -> None:
    sets(scene.alice, "90", NOON, kind=LimitKind.LOSS, period=LimitPeriod.DAY)
    for stake, win in ((20, 0), (10, 40), (5, 5)):
        scene.launch("40")
        scene.plays(stake, win)
        scene.leave()
        scene.later(1)
    flows = flows_since(player_id=scene.alice.pk, currency="EUR", since=NOON - timedelta(hours=12))
    counter = scene.counter()
    assert [flows.staked, flows.won, flows.wagered] == [20, 30, 20]
    assert [counter.staked, counter.won, counter.wagered] == [20, 30, 20]


@pytest.mark.parametrize("kind", [LimitKind.WAGER, LimitKind.STAKE])
def test_a_limit_of_every_bet_keeps_a_player_from_transfer_games(scene: Scene, kind: LimitKind) -> None:
    period = LimitPeriod.NONE if kind is LimitKind.STAKE else LimitPeriod.DAY
    sets(scene.alice, "30", NOON, kind=kind, period=period)
    with pytest.raises(errors.TransferNotAllowed) as refused:
        scene.launch()
    assert refused.value.details == {"because": f"limit_{kind.value}"}
    assert (scene.money, scene.there()) == ((100, 0), 0)


def test_where_the_law_caps_stakes_of_slots_no_slot_is_a_transfer_game(scene: Scene, market: Market) -> None:
    cap = [{"from_age": 18, "amount": "2.00", "currency": "EUR"}]
    market(scene.alice, "ZZ", slot__max_stake=cap)
    with pytest.raises(errors.TransferNotAllowed) as refused:
        scene.launch()
    assert refused.value.details == {"because": "stake_cap"}
    type(scene.game).objects.update(category="roulette")
    assert scene.launch().visit is not None


def test_where_a_location_is_asked_for_there_are_no_transfer_games(scene: Scene, market: Market) -> None:
    market(scene.alice, "ZZ", location__required=True)
    with pytest.raises(Refusal):
        scene.launch()
    assert (scene.money, scene.there()) == ((100, 0), 0)
