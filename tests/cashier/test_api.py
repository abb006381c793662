"""Deposits over the player API: what is offered, what it comes to, paying once, and what became of it."""

from __future__ import annotations

from typing import Any

import pytest
import redis
import time_machine
from django.conf import settings as configured

from casino.cashier.models import Deposit, Instrument
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.types import Reply
from players.models import Player
from tests.accounts.cast import NOON as START
from tests.accounts.cast import Caller, body, brand_with_terms
from tests.cashier.scene import VISA, Shop, told
from tests.routing.cast import route_make, terms_make

pytestmark = pytest.mark.django_db
WISH = {"method": "card", "amount": "50.00"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    redis.Redis.from_url(configured.REDIS_URL).flushdb()
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def alice() -> Caller:
    """Alice, registered and signed in, where cards are offered."""
    brand_with_terms()
    terms_make(now=START, fee_percent=2, fee_payer="player", presets=[20, 50])
    route_make("north", now=START)
    caller = Caller()
    answer = caller.post("register", body())
    assert answer.status_code == 201, answer.content
    caller.token = answer.json()["token"]
    return caller


def pays(alice: Caller, key: str = "k1", **changes: Any) -> Any:
    return alice.post("deposits", {**WISH, "key": key, **changes})


def test_what_is_offered_is_told_with_its_fee_and_limits(alice: Caller) -> None:
    (card,) = alice.get("deposits/methods").json()["methods"]
    assert (card["method"], card["open"], card["minimum"], card["fee"]["percent"]) == ("card", True, "10.00", "2")
    assert card["presets"] == ["20.00", "50.00"]
    assert alice.get("deposits/methods?currency=USD").json()["methods"][0]["why_not"] == "no_terms"
    assert alice.get("deposits/methods?currency=XXX").status_code == 400


def test_the_figures_are_shown_before_anything_is_begun(alice: Caller) -> None:
    told_ = alice.post("deposits/quote", WISH).json()
    assert (told_["fee"], told_["credit"], told_["conversion"]) == ("1.00", "49.00", None)
    assert alice.post("deposits/quote", {**WISH, "amount": "0.001"}).json()["error"]["code"] == "amount_refused"
    assert not Deposit.objects.exists()


def test_a_deposit_is_begun_once_under_its_key_and_seen_until_its_end(alice: Caller, market: dict[str, Shop]) -> None:
    market["north"].reply = Reply(
        standing=Standing.REDIRECT, reference="n1", client={"redirect_url": "https://pay.example/1"}
    )
    first = pays(alice, expected_credit="49.00")
    assert first.status_code == 201, first.content
    begun = first.json()
    assert begun["go_on"] == {"redirect_url": "https://pay.example/1"}
    assert pays(alice).json()["reference"] == begun["reference"]
    assert len(market["north"].orders) == 1
    assert pays(alice, amount="60.00").json()["error"]["code"] == "idempotency_key_taken"
    told(Deposit.objects.get(), NewsKind.DEPOSIT_CONFIRMED, now=START, instrument=VISA)
    seen = alice.get(f"deposits/{begun['reference']}").json()
    assert (seen["state"], seen["credit"], seen["go_on"], seen["instrument"]) == (
        "credited",
        "49.00",
        {},
        "visa ••1111",
    )
    (listed,) = alice.get("deposits").json()["items"]
    assert listed == seen
    assert alice.call("DELETE", f"deposits/{begun['reference']}", None).status_code == 409


def test_what_was_shown_is_what_is_credited_or_it_is_refused(alice: Caller) -> None:
    assert pays(alice, expected_credit="50.00").json()["error"]["code"] == "figures_changed"
    assert not Deposit.objects.exists()


def test_without_a_key_nothing_is_begun(alice: Caller) -> None:
    assert pays(alice, key="").status_code == 400
    assert pays(alice, key="x" * 101).status_code == 400


def test_a_pending_deposit_is_cancelled(alice: Caller) -> None:
    reference = pays(alice).json()["reference"]
    for _again in range(2):
        assert alice.call("DELETE", f"deposits/{reference}", None).json()["state"] == "cancelled"
    assert alice.get("deposits/D-nobody").status_code == 404


def test_instruments_are_listed_masked_and_removed(alice: Caller) -> None:
    pays(alice)
    told(Deposit.objects.get(), NewsKind.DEPOSIT_CONFIRMED, now=START, instrument=VISA)
    (card,) = alice.get("instruments").json()["instruments"]
    assert (card["name"], card["usable"]) == ("visa ••1111", True)
    assert "tok_1" not in str(card)
    assert pays(alice, key="k2", instrument=card["id"]).status_code == 201
    assert alice.call("DELETE", f"instruments/{card['id']}", None).status_code == 204
    assert alice.get("instruments").json()["instruments"] == []
    assert alice.call("DELETE", f"instruments/{card['id']}", None).status_code == 404
    assert pays(alice, key="k3", instrument=card["id"]).json()["error"]["code"] == "instrument_not_found"
    assert Instrument.objects.get().removed_at is not None


def test_nobody_sees_or_cancels_another_players_deposit(alice: Caller) -> None:
    reference = pays(alice).json()["reference"]
    other = Player.objects.exclude(pk=Deposit.objects.get().player_id).first()
    stranger = Caller()
    answer = stranger.post(
        "register", body(email="mallory@mail.example", full_name="Mallory Vella", phone="+35621234999")
    )
    assert answer.status_code == 201, (answer.content, other)
    stranger.token = answer.json()["token"]
    assert stranger.get(f"deposits/{reference}").status_code == 404
    assert stranger.call("DELETE", f"deposits/{reference}", None).status_code == 404
