"""Which way a payment goes, and why not another."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from casino.gateways.breaker import breaker_tell
from casino.gateways.enums import Purpose
from casino.routing.enums import FeePayer, Omission, SwitchState
from casino.routing.registry import declines_register
from casino.routing.selectors.offers import methods_for
from casino.routing.selectors.plans import route_plan
from casino.routing.services.switches import gateway_switch
from casino.routing.types import Decline, RoutePlan
from players.models import Player
from players.notes.enums import TagColour
from players.notes.services.tags import player_tag_put, tag_define
from tests.factories import NOON, player_make
from tests.routing.cast import ACTOR, method_make, route_make, terms_make

LATER = NOON + timedelta(days=1)
pytestmark = pytest.mark.django_db


def plan(player: Player, amount: str = "50", *, reference: str = "D-1", method: str = "card", **more: str) -> RoutePlan:
    """A deposit in euro, a day after everything was set up."""
    return route_plan(
        player_id=player.pk, purpose=Purpose.DEPOSIT, method=method, amount=Decimal(amount), currency="EUR", now=LATER,
        reference=reference, **more,
    )  # fmt: skip


def tagged(player: Player, name: str) -> None:
    tag = tag_define(name=name, colour=TagColour.GREY, meaning="for a test", actor=ACTOR, now=NOON)
    player_tag_put(player_id=player.pk, tag_id=tag.pk, actor=ACTOR, now=NOON)


def left_out(found: RoutePlan) -> dict[str, Omission]:
    return {one.gateway: one.why for one in found.left_out}


def test_gateways_are_tried_by_place_and_each_says_why() -> None:
    terms_make()
    second = route_make("south", place=2, gateway_method="visa")
    first = route_make("north", place=1)
    found = plan(player_make())
    assert [(step.gateway, step.route_id) for step in found.steps] == [("north", first.pk), ("south", second.pk)]
    assert found.steps[1].gateway_method == "visa"
    assert found.steps[0].reason == f"route {first.pk}, for everybody, any amount; place 1, weight 100 of 100"
    assert (found.refused, found.left_out) == (None, ())


def test_the_choice_by_weight_follows_from_the_reference_alone() -> None:
    terms_make()
    route_make("north", weight=30)
    route_make("south", weight=10)
    player = player_make()
    first = Counter(plan(player, reference=f"D-{number}").steps[0].gateway for number in range(400))
    assert 260 <= first["north"] <= 340, "three of four"
    assert first["north"] + first["south"] == 400
    for number in range(20):
        assert plan(player, reference=f"D-{number}") == plan(player, reference=f"D-{number}")


def test_the_most_specific_route_of_a_gateway_decides_even_where_it_is_switched_off() -> None:
    terms_make()
    route_make("north")
    route_make("north", country="MT", switched_on=False)
    route_make("south", country="GB")
    found = plan(player_make())
    assert left_out(found) == {"north": Omission.SWITCHED_OFF, "south": Omission.ELSEWHERE}
    assert found.refused is Omission.NO_ROUTE


def test_a_gateway_is_left_out_for_its_currency_its_amounts_or_want_of_an_address() -> None:
    terms_make()
    route_make("north", currency="USD")
    route_make("south", currency="EUR", amount_from=Decimal(100), amount_below=Decimal(200))
    route_make("nowhere")
    route_make("east")
    found = plan(player_make(), "99.99")
    assert left_out(found) == {
        "north": Omission.CURRENCY, "south": Omission.AMOUNT, "nowhere": Omission.NOT_CONFIGURED,
    }  # fmt: skip
    assert "south" in {step.gateway for step in plan(player_make("Bob"), "100").steps}
    assert "south" not in {step.gateway for step in plan(player_make("Eve"), "200").steps}


def test_an_open_breaker_leaves_a_gateway_out_until_staff_say_otherwise() -> None:
    terms_make()
    route_make("north")
    route_make("south")
    player = player_make()
    for _ in range(5):
        breaker_tell("north", answered=False)
    assert left_out(plan(player)) == {"north": Omission.BREAKER_OPEN}
    gateway_switch(gateway="north", state=SwitchState.ON, starts_at=None, reason="it is back", actor=ACTOR, now=NOON)
    assert left_out(plan(player)) == {}
    gateway_switch(gateway="south", state=SwitchState.OFF, starts_at=None, reason="works", actor=ACTOR, now=NOON)
    assert left_out(plan(player)) == {"south": Omission.SWITCHED_OFF}


def test_a_gateway_that_declined_the_player_is_left_out_only_while_there_is_another() -> None:
    terms_make()
    route_make("north")
    route_make("south")
    declined = {"north": Decline(code="05", at=NOON)}
    declines_register(lambda _player, _purpose, _method, _since: declined)
    player = player_make()
    assert left_out(plan(player)) == {"north": Omission.DECLINED_BEFORE}
    declined["south"] = Decline(code="14", at=NOON)
    assert {step.gateway for step in plan(player).steps} == {"north", "south"}


def test_a_stored_instrument_goes_to_its_own_gateway_alone() -> None:
    terms_make()
    route_make("north")
    route_make("south")
    found = plan(player_make(), instrument_gateway="south")
    assert [step.gateway for step in found.steps] == ["south"]
    assert left_out(found) == {"north": Omission.OTHER_GATEWAY}


@pytest.mark.parametrize(
    ("amount", "method", "refused"),
    [
        ("9.99", "card", Omission.BELOW_MINIMUM), ("1000.01", "card", Omission.ABOVE_MAXIMUM),
        ("50", "cheque", Omission.METHOD_UNKNOWN), ("50", "voucher", Omission.NO_TERMS),
        ("50", "bank", Omission.NOT_FOR_PURPOSE),
    ],
)  # fmt: skip
def test_what_terms_do_not_allow_has_no_plan(amount: str, method: str, refused: Omission) -> None:
    terms_make()
    route_make("north")
    method_make("voucher")
    method_make("bank", for_deposit=False)
    found = plan(player_make(), amount, method=method)
    assert (found.refused, found.steps) == (refused, ())
    assert found.refused_text


def test_a_segment_goes_before_a_brand_a_brand_before_a_country() -> None:
    player = player_make()
    rows: list[dict[str, Any]] = [{}, {"country": "MT"}, {"brand_id": player.brand_id}, {"segment": "vip"}]
    for place, more in enumerate(rows):
        terms_make(minimum=Decimal(10 + place), **more)
    route_make("north")

    def minimum() -> Decimal:
        return methods_for(player.pk, Purpose.DEPOSIT, LATER)[0].minimum

    assert minimum() == 12
    tagged(player, "vip")
    assert minimum() == 13


def test_players_see_their_terms_their_presets_and_what_is_not_open() -> None:
    terms_make(
        first_presets=(Decimal(20), Decimal(50)), presets=(Decimal(100),), fee_percent=Decimal("1.5"),
        fee_fixed=Decimal("0.30"), fee_payer=FeePayer.PLAYER, place=2,
    )  # fmt: skip
    terms_make(method="wallet", place=1)
    route_make("north")
    player = player_make()
    wallet, card = methods_for(player.pk, Purpose.DEPOSIT, LATER)
    assert (wallet.method, wallet.open, wallet.why_not) == ("wallet", False, Omission.NO_ROUTE)
    assert card.open
    assert [*card.presets, card.minimum, card.maximum] == [Decimal(number) for number in (20, 50, 10, 1000)]
    assert plan(player, "33.33").fee_amount == Decimal("0.80"), "1.5 % are 0.49995, and 0.30"
    assert methods_for(player.pk, Purpose.PAYOUT, LATER)[0].why_not is Omission.NO_TERMS


def test_terms_that_say_not_offered_close_a_method_for_those_they_name() -> None:
    terms_make()
    terms_make(segment="new", offered=False)
    route_make("north")
    assert plan(player_make()).refused is Omission.NOT_OFFERED
