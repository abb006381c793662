"""What staff see and do about methods, terms, routes and breakers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from casino.gateways.breaker import breaker_tell
from casino.routing.models import GatewaySwitch, MethodTerms, PaymentMethod, Route
from compliance.approvals.models import Approval
from players.models import Brand
from tests.factories import player_make
from tests.routing.cast import method_make, route_make, terms_make
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def payments() -> Client:
    return signed_in_client(staff_member("payments"))


def text(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]  # a response


def test_a_method_is_added_and_renamed(payments: Client) -> None:
    form = {"code": "card", "kind": "card", "names": "en: Card\nde: Karte", "for_deposit": "on", "reason": "x"}
    assert payments.post("/admin/routing/paymentmethod/add/", form).status_code == 302
    method = PaymentMethod.objects.get()
    assert (method.names, method.for_payout) == ({"en": "Card", "de": "Karte"}, False)
    assert (
        payments.post(f"/admin/routing/paymentmethod/{method.pk}/change/", form | {"names": "de: Karte"}).status_code
        == 200
    )
    again = form | {"names": "en: Bank card", "for_payout": "on"}
    assert payments.post(f"/admin/routing/paymentmethod/{method.pk}/change/", again).status_code == 302
    method.refresh_from_db()
    assert (method.names, method.for_payout) == ({"en": "Bank card"}, True)


def test_terms_are_shown_first_and_then_proposed_for_somebody_else(payments: Client) -> None:
    method_make()
    form = {
        "method": "card", "purpose": "deposit", "currency": "EUR", "offered": "on", "minimum": "10", "maximum": "500",
        "fee_payer": "house", "first_presets": "20 50", "place": "1", "reason": "x",
    }  # fmt: skip
    shown = payments.post("/admin/routing/methodterms/propose/", form)
    assert shown.status_code == 200
    assert "10.00 to 500.00 EUR; no fee" in text(shown)
    seen = shown.context["preview"].seen
    assert payments.post("/admin/routing/methodterms/propose/", form | {"seen": seen}).status_code == 302
    assert Approval.objects.get().kind == "method_terms"
    assert not MethodTerms.objects.exists()
    bad = payments.post("/admin/routing/methodterms/propose/", form | {"minimum": "900"})
    assert "The minimum is above zero, and the maximum not below it." in text(bad)


def test_a_route_is_set_and_ended(payments: Client) -> None:
    method_make()
    form = {"method": "card", "purpose": "deposit", "gateway": "north", "gateway_method": "visa", "place": "1",
            "weight": "70", "stop_codes": "05 14", "switched_on": "on", "reason": "x"}  # fmt: skip
    assert payments.post("/admin/routing/route/set/", form).status_code == 302
    route = Route.objects.get()
    assert (route.weight, route.stop_codes, route.switched_on) == (70, ["05", "14"], True)
    assert "place 1, weight 70" in text(payments.get("/admin/routing/route/"))
    assert payments.post(f"/admin/routing/route/{route.pk}/end/", {"reason": "x"}).status_code == 302
    route.refresh_from_db()
    assert route.ends_at is not None


def test_a_breaker_is_seen_and_held(payments: Client) -> None:
    for _ in range(5):
        breaker_tell("north", answered=False)
    page = text(payments.get("/admin/routing/gatewayswitch/"))
    assert "No calls" in page
    form = {"gateway": "north", "state": "on", "reason": "they are back"}
    assert payments.post("/admin/routing/gatewayswitch/force/", form).status_code == 302
    assert GatewaySwitch.objects.get().state == "on"
    assert "they are back" in text(payments.get("/admin/routing/gatewayswitch/"))


def test_the_preview_tells_the_way_and_what_is_left_out_as_page_and_as_json(payments: Client) -> None:
    terms_make(fee_percent=Decimal(1), presets=(Decimal(50),))
    route_make("north")
    route_make("south", switched_on=False)
    player = player_make()
    query = {"player": player.public_id, "purpose": "deposit", "method": "card", "amount": "50", "currency": "EUR"}
    page = text(payments.get("/admin/routing/route/preview/", query))
    for words in ("A gateway takes it", "north", "Switched off", "for everybody", "0.50"):
        assert words in page, words
    found = payments.get("/admin/routing/route/preview/", query | {"format": "json"}).json()
    assert [step["gateway"] for step in found["plan"]["steps"]] == ["north"]
    assert [(one["gateway"], one["why"]) for one in found["plan"]["left_out"]] == [("south", "switched_off")]
    assert found["plan"]["fee_amount"] == "0.5"
    assert found["methods"][0]["presets"] == ["50"]
    low = text(payments.get("/admin/routing/route/preview/", query | {"amount": "1"}))
    assert "The least is 10 EUR" in low
    unknown = payments.get("/admin/routing/route/preview/", query | {"player": "pl_nobody", "format": "json"})
    assert unknown.status_code == 422


def test_the_preview_tells_nothing_about_players_of_another_brand() -> None:
    player = player_make()
    terms_make()
    polar = Brand.objects.create(code="polar", name="Polar", jurisdiction="SE")
    other = signed_in_client(staff_member("support", brands=[polar]))
    query = {"player": player.public_id, "purpose": "deposit", "method": "card", "amount": "50", "currency": "EUR"}
    assert player.nickname not in text(other.get("/admin/routing/route/preview/", query))
