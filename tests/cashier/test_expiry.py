"""Deposits whose time is over: the gateway is asked once more, and late money is credited nevertheless."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casino.cashier.models import Deposit, DepositStep
from casino.cashier.selectors.orders import open_deposits
from casino.cashier.services.expiry import deposits_expire
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.types import News, Reply
from compliance.limits.models import DepositReservation
from players.models import Player
from tests.cashier.scene import Shop, begun, cards_offered, news_of, told
from tests.casino.play.table import account_balance
from tests.factories import NOON
from wallet.verification.registry import promises
from wallet.verification.scope import Scope

pytestmark = pytest.mark.django_db
OVER = NOON + timedelta(days=1)
HEARD = {"kind": NewsKind.UNKNOWN, "key": "x", "gateway_reference": "", "code": "not_found"}


def test_what_the_gateway_confirms_at_the_last_moment_is_credited(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    deposit = begun(alice)
    market["north"].facts = [news_of(deposit, NewsKind.DEPOSIT_CONFIRMED)]
    assert deposits_expire(now=OVER) == 0
    assert account_balance(alice, "player_real") == 100


def test_what_nobody_heard_of_expires_and_counts_no_more(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    deposit = begun(alice)
    market["north"].facts = [News(reference=deposit.reference, **HEARD)]  # type: ignore[arg-type]  # words
    assert deposits_expire(now=OVER - timedelta(seconds=1)) == 0
    assert deposits_expire(now=OVER) == 1
    assert DepositReservation.objects.get().state == "released"


def test_a_silent_gateway_is_waited_for_and_not_for_ever(alice: Player) -> None:
    cards_offered()
    begun(alice)
    assert deposits_expire(now=OVER) == 0
    assert deposits_expire(now=OVER + timedelta(days=3)) == 1


def test_the_janitor_asks_about_what_is_open_and_about_nothing_else(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    market["north"].reply = Reply(standing=Standing.DECLINED, code="05")
    deposit = begun(alice)
    (asked,) = open_deposits(OVER)
    assert (asked.gateway, asked.reference) == ("south", deposit.reference)
    assert asked.order().amount == 100
    told(deposit, NewsKind.DEPOSIT_CONFIRMED)
    assert open_deposits(OVER) == []


def test_the_proof_finds_a_state_that_the_ledger_does_not_know(alice: Player) -> None:
    """A planted break: a chargeback that nobody booked."""
    cards_offered()
    deposit = begun(alice)
    told(deposit, NewsKind.DEPOSIT_CONFIRMED)
    names = {"deposits_are_credited_once", "deposit_states_tie_to_the_ledger", "suspense_waits_for_refunds"}
    checks = [promise for promise in promises() if promise.name in names]
    assert len(checks) == 3
    assert not [breach for promise in checks for breach in promise.check(Scope())]
    Deposit.objects.filter(pk=deposit.pk).update(state="charged_back")
    DepositStep.objects.create(deposit=deposit, before="credited", after="charged_back", at=OVER, actor="system:tests")
    found = [breach.row for promise in checks for breach in promise.check(Scope())]
    assert found == [f"deposit {deposit.reference}"]
