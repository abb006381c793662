"""Money goes to a provider, is played with there, and comes back, whatever breaks on the way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import LazySettings

from casino.games.selectors.callers import provider_facts
from casino.transfers import errors
from casino.transfers.enums import LegState, ReturnReason, VisitState
from casino.transfers.models import TransferCall, TransferVisit
from casino.transfers.services.journeys import leg_drive
from compliance.audit.models import AuditEvent
from tests.factories import player_make
from tests.transfers.conftest import NorthStar
from tests.transfers.scene import Scene, north_star_make, planned, proved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(north_star: NorthStar) -> Scene:
    return Scene(north_star)


def test_the_balance_goes_along_and_what_is_left_of_it_comes_back(scene: Scene) -> None:
    begun = scene.launch()
    assert begun.url.startswith(scene.star.url + "/game/")
    assert (scene.money, scene.there()) == ((0, 100), 100)
    scene.plays(30, 0)
    scene.plays(20, 25)
    visit = scene.leave()
    assert visit is not None
    assert (visit.state, visit.sent, visit.returned, visit.return_reason) == ("closed", 100, 75, "exit")
    assert (scene.money, scene.there()) == ((75, 0), 0)
    proved()


def test_a_win_at_the_provider_comes_back_with_the_money(scene: Scene) -> None:
    scene.launch("40")
    assert scene.money == (60, 40)
    scene.plays(40, 400)
    visit = scene.leave()
    assert visit is not None
    assert visit.returned == 400
    assert scene.money == (460, 0)
    proved()


def test_all_can_be_lost(scene: Scene) -> None:
    scene.launch("40")
    scene.plays(40, 0)
    visit = scene.leave()
    assert visit is not None
    assert (visit.returned, scene.money) == (0, (60, 0))
    proved()


def test_parts_of_a_coin_stay_here(scene: Scene) -> None:
    alice = player_make("Anne", balance="10.005")
    scene.alice = alice
    scene.launch()
    assert (scene.has("real"), scene.there()) == (Decimal("0.005"), 10)
    with pytest.raises(errors.TransferAmountRefused):
        Scene(scene.star, scene.game).launch("1.001")


@pytest.mark.parametrize(("amount", "refusal"), [
    ("100.01", errors.TransferAboveBalance), ("0", errors.TransferAmountRefused), ("-5", errors.TransferAmountRefused),
])  # fmt: skip
def test_more_than_there_is_or_nothing_is_not_taken_along(
    scene: Scene, amount: str, refusal: type[errors.TransferRefusal]
) -> None:
    with pytest.raises(refusal):
        scene.launch(amount)
    assert (scene.money, scene.there()) == ((100, 0), 0)
    assert not TransferVisit.objects.exists()


def test_without_money_nothing_travels(scene: Scene) -> None:
    scene.alice = player_make("Poor", balance="0")
    with pytest.raises(errors.NothingToTransfer):
        scene.launch()


def test_another_game_of_the_same_provider_plays_with_the_same_money(scene: Scene) -> None:
    other = type(scene.game).objects.create(
        provider=scene.game.provider, code="nova", name="Nova", category="slot", theoretical_rtp=Decimal(96)
    )
    scene.launch()
    begun = scene.launch(game=other)
    assert begun.url
    assert TransferVisit.objects.count() == 1
    assert scene.visit().session_id == begun.session.pk
    scene.leave()
    assert scene.money == (100, 0)


def test_money_is_in_one_transfer_game_at_a_time(scene: Scene, settings: object) -> None:
    elsewhere = north_star_make("south-star")
    settings.TRANSFER_URLS["south_star"] = scene.star.url  # type: ignore[attr-defined]  # pytest-django's
    scene.launch("40")
    with pytest.raises(errors.MoneyAtAnotherProvider) as refused:
        scene.launch(game=elsewhere)
    assert refused.value.details["provider"] == "north-star"
    assert scene.money == (60, 40)
    scene.leave()
    assert scene.launch(game=elsewhere).visit is not None


def test_a_refusal_of_the_provider_gives_the_money_back_at_once(scene: Scene) -> None:
    scene.star.fault("credit", "refuse")
    with pytest.raises(errors.TransferRefusedThere):
        scene.launch()
    assert (scene.visit().state, scene.money, scene.there()) == (VisitState.REFUSED, (100, 0), 0)
    proved()
    assert scene.launch().url, "the next one is free to go"


# -- the way there: each bad moment of the provider ------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["lose", "late", "error_after", "garbage", "unsigned", "amount"])
def test_money_that_arrived_unheard_is_found_by_asking(scene: Scene, fault: str) -> None:
    scene.star.fault("credit", fault)
    with pytest.raises(errors.TransferUnderWay):
        scene.launch()
    assert (scene.leg().state, scene.money, scene.there()) == (LegState.UNKNOWN, (0, 100), 100)
    with pytest.raises(errors.TransferUnderWay):
        scene.launch()
    proved()
    scene.janitor(6)
    assert (scene.leg().state, scene.visit().state) == (LegState.CONFIRMED, VisitState.AT_PROVIDER)
    assert scene.visit().disputed is (fault == "amount")
    scene.leave()
    assert (scene.money, scene.there()) == ((100, 0), 0)
    proved()


@pytest.mark.parametrize("fault", ["lose_before", "error", "die_before"])
def test_money_that_never_arrived_is_free_once_that_is_certain(scene: Scene, fault: str) -> None:
    scene.star.fault("credit", fault)
    with pytest.raises(errors.TransferUnderWay):
        scene.launch()
    if fault == "die_before":
        assert scene.star.dead()
        scene.star.start()
    scene.janitor(20)
    assert (scene.leg().state, scene.money) == (LegState.UNKNOWN, (0, 100)), "the call might still arrive"
    scene.janitor(61)
    assert (scene.visit().state, scene.money, scene.there()) == (VisitState.ABORTED, (100, 0), 0)
    proved()


def test_a_provider_that_dies_after_booking_is_asked_when_it_is_back(scene: Scene) -> None:
    scene.star.fault("credit", "die_after")
    with pytest.raises(errors.TransferUnderWay):
        scene.launch("40")
    assert scene.star.dead()
    scene.janitor(300)
    assert scene.leg().state == LegState.UNKNOWN, "nobody answers: nothing is concluded"
    scene.star.start()
    scene.janitor(600)
    assert (scene.visit().state, scene.there()) == (VisitState.AT_PROVIDER, 40)
    scene.leave()
    assert scene.money == (100, 0)
    proved()


# -- the way back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["lose_before", "lose", "late", "error", "error_after", "garbage", "unsigned"])
def test_the_way_back_is_finished_whatever_was_answered(scene: Scene, fault: str) -> None:
    scene.launch()
    scene.plays(40, 0)
    scene.star.fault("debit-all", fault)
    visit = scene.leave()
    assert visit is not None
    assert (visit.state, scene.money) == (VisitState.RETURNING, (0, 100))
    scene.janitor(61)
    assert (scene.visit().state, scene.visit().returned) == (VisitState.CLOSED, 60)
    assert (scene.money, scene.there()) == ((60, 0), 0)
    assert [kind for kind, _cents in scene.star.moves()] == ["credit", "debit"], "one reference, one movement"
    proved()


@pytest.mark.parametrize("fault", ["die_before", "die_after"])
def test_a_provider_that_dies_on_the_way_back_gives_the_money_once(scene: Scene, fault: str) -> None:
    scene.launch()
    scene.plays(40, 100)
    scene.star.fault("debit-all", fault)
    scene.leave()
    assert scene.star.dead()
    scene.janitor(61)
    assert scene.visit().state == VisitState.RETURNING
    scene.star.start()
    scene.janitor(600)
    assert (scene.visit().returned, scene.money, scene.there()) == (160, (160, 0), 0)
    assert scene.star.moves() == [("credit", 10_000), ("debit", 16_000)]
    proved()


def test_another_amount_than_the_books_say_is_not_booked(scene: Scene) -> None:
    scene.launch("40")
    scene.star.fault("debit-all", "amount")
    visit = scene.leave()
    assert visit is not None
    assert (visit.state, visit.disputed, scene.money) == (VisitState.RETURNING, True, (60, 40))
    assert AuditEvent.objects.filter(name="transfers:leg:disputed").count() == 1
    scene.janitor(61)
    assert (scene.visit().returned, scene.money) == (40, (100, 0))
    proved()


def test_a_refused_way_back_is_tried_again(scene: Scene) -> None:
    scene.launch("40")
    scene.star.fault("debit-all", "refuse", times=2)
    scene.leave()
    assert scene.visit().state == VisitState.RETURNING
    scene.janitor(61)
    scene.janitor(61)
    assert (scene.visit().state, scene.money) == (VisitState.CLOSED, (100, 0))
    proved()


# -- our own worker killed: what each step leaves, and how it ends ---------------------------------------------------


def test_a_worker_killed_before_sending_moved_nothing(scene: Scene) -> None:
    leg = planned(scene)
    assert scene.money == (0, 100)
    proved()
    scene.janitor(31)
    assert (scene.visit().state, scene.money, scene.star.moves()) == (VisitState.ABORTED, (100, 0), [])
    proved()
    after = leg_drive(leg_id=leg.pk, actor="player:1", now=scene.later(1))
    assert (after.state, scene.star.moves()) == (LegState.FAILED, []), "one who slept sends nothing any more"


def test_a_launch_that_did_not_open_the_game_brings_the_money_back(scene: Scene) -> None:
    scene.star.fault("launch", "error")
    with pytest.raises(errors.GameDidNotOpen):
        scene.launch()
    assert (scene.visit().return_reason, scene.money, scene.there()) == (ReturnReason.LAUNCH_FAILED, (100, 0), 0)
    proved()


def test_leaving_while_the_way_there_is_unknown_is_remembered(scene: Scene) -> None:
    scene.star.fault("credit", "lose")
    scene.star.fault("status", "error", times=1)
    with pytest.raises(errors.TransferUnderWay):
        scene.launch()
    scene.leave()
    assert (scene.visit().state, scene.visit().return_reason) == (VisitState.OPENING, "exit")
    scene.janitor(61)
    assert (scene.visit().state, scene.money, scene.there()) == (VisitState.CLOSED, (100, 0), 0)
    proved()


def test_duplicates_of_everything_move_nothing_twice(scene: Scene) -> None:
    scene.launch()
    out = scene.leg()
    for _again in range(2):
        leg_drive(leg_id=out.pk, actor="player:1", now=scene.later(1))
        scene.janitor(61)
    scene.leave()
    back = scene.leg()
    for _again in range(2):
        leg_drive(leg_id=back.pk, actor="player:1", now=scene.later(1))
        assert scene.leave() is None
        scene.janitor(61)
    assert scene.star.moves() == [("credit", 10_000), ("debit", 10_000)]
    assert scene.money == (100, 0)
    proved()


def test_every_call_is_kept_with_what_it_was_answered(scene: Scene) -> None:
    scene.star.fault("credit", "garbage")
    with pytest.raises(errors.TransferUnderWay):
        scene.launch()
    scene.janitor(61)
    told = list(TransferCall.objects.order_by("pk").values_list("purpose", "standing", "note"))
    assert told[:2] == [("credit", "unknown", "the answer is no JSON"), ("status", "done", "")]


def test_the_pauses_between_questions_grow(scene: Scene) -> None:
    scene.star.fault("credit", "lose")
    with pytest.raises(errors.TransferUnderWay):
        scene.launch()
    scene.star.fault("status", "error", times=20)
    waits = []
    for _ask in range(9):
        leg = scene.leg()
        assert leg.ask_next_at is not None
        scene.now = leg.ask_next_at
        scene.janitor(0)
        due = scene.leg().ask_next_at
        assert due is not None
        waits.append(due - scene.now)
    assert waits[0] == timedelta(seconds=10)
    assert waits[-1] == timedelta(minutes=10)


def test_the_key_of_a_transfer_provider_opens_no_seamless_wallet(scene: Scene) -> None:
    assert scene.game.provider.enabled
    assert provider_facts("north-star") is None, "it is called, and calls nobody"


def test_a_provider_without_an_address_or_a_key_is_refused_before_anything_moves(
    scene: Scene, settings: LazySettings
) -> None:
    settings.TRANSFER_URLS = {"north_star": "http://games.example"}
    with pytest.raises(errors.TransferNotConnected):
        scene.launch()
    settings.TRANSFER_URLS = {"north_star": scene.star.url}
    scene.game.provider.keys.update(retired_at=scene.now)
    with pytest.raises(errors.TransferNotConnected):
        scene.launch()
    assert not TransferVisit.objects.exists()
    assert scene.money == (100, 0)
