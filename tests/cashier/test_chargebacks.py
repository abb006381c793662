"""Disputes: announced, taken though it is spent, won, and lost again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casino.cashier.errors import EvidenceNotWanted, NewsTooEarly
from casino.cashier.models import Chargeback
from casino.cashier.selectors.loops import closed_loop
from casino.cashier.services.chargebacks import evidence_sent
from casino.gateways.enums import NewsKind
from casino.gateways.errors import NewsPuzzling
from casino.outbox.models import Fact
from compliance.gate.models import Flag
from compliance.limits.selectors.counts import count_from_ledger
from players.models import Player
from tests.cashier.scene import LATER, begun, cards_offered, credited, dollars_offered, told
from tests.cashier.test_refunds import balances, spent
from tests.factories import CAROL
from tests.wallet.verification.quiet import everything_verified

K = NewsKind
pytestmark = pytest.mark.django_db


def test_a_chargeback_of_what_is_spent_leaves_a_debt_and_freezes_the_account(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    spent(alice, "80")
    told(deposit, K.DISPUTE_OPENED)
    assert deposit.state == "credited"
    assert Chargeback.objects.get().state == "announced"
    told(deposit, K.CHARGEBACK)
    row = Chargeback.objects.get()
    assert deposit.state == "charged_back"
    assert balances(alice) == (0, -80)
    assert row.taken == 100
    assert row.owed == 80
    assert row.evidence_due == (LATER + timedelta(days=10)).date()
    assert set(Flag.objects.values_list("kind", flat=True)) == {
        "risk_chargeback", "deposit_blocked", "bet_blocked", "withdrawal_blocked"
    }  # fmt: skip
    assert Fact.objects.filter(name="deposit:charged_back").count() == 1
    everything_verified()


def test_a_reversed_chargeback_repays_the_debt_first(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    spent(alice, "80")
    told(deposit, K.CHARGEBACK)
    told(deposit, K.CHARGEBACK_REVERSED)
    assert deposit.state == "chargeback_reversed"
    assert balances(alice) == (20, 0)
    assert Flag.objects.filter(ends_at=None).count() == 4, "people lift them"
    told(deposit, K.CHARGEBACK)
    assert deposit.state == "charged_back_again"
    assert balances(alice) == (0, -80)
    assert Flag.objects.count() == 4
    with pytest.raises(NewsPuzzling):
        told(deposit, K.CHARGEBACK)
    everything_verified()


def test_a_part_that_is_charged_back_takes_its_part_in_both_currencies(alice: Player) -> None:
    cards_offered()
    dollars_offered(alice)
    deposit = begun(alice, "108", currency="USD")
    told(deposit, K.DEPOSIT_CONFIRMED)
    told(deposit, K.CHARGEBACK, amount=Decimal("36.00"))
    assert balances(alice) == (66, 0)
    assert Chargeback.objects.get().taken == 33
    told(deposit, K.CHARGEBACK_REVERSED, amount=Decimal("36.00"))
    assert balances(alice) == (99, 0)
    everything_verified()


def test_more_than_was_paid_is_not_charged_back(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    with pytest.raises(NewsPuzzling):
        told(deposit, K.CHARGEBACK, amount=Decimal(101))
    assert balances(alice) == (100, 0)


def test_what_comes_before_the_news_that_it_follows_is_tried_again(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    for early in (K.CHARGEBACK, K.REFUND_DONE, K.DEPOSIT_REVERSED, K.CHARGEBACK_REVERSED):
        with pytest.raises(NewsTooEarly):
            told(deposit, early)
    told(deposit, K.DEPOSIT_CONFIRMED)
    with pytest.raises(NewsTooEarly):
        told(deposit, K.CHARGEBACK_REVERSED)


def test_a_dispute_that_ends_before_money_moves_moves_none(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    told(deposit, K.DISPUTE_OPENED)
    told(deposit, K.CHARGEBACK_REVERSED)
    assert deposit.state == "credited"
    assert Chargeback.objects.get().state == "reversed"
    with pytest.raises(EvidenceNotWanted):
        evidence_sent(chargeback_id=Chargeback.objects.get().pk, note="x", actor=CAROL, now=LATER)


def test_a_chargeback_lowers_net_deposits_and_leaves_the_deposit_limit_used(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    told(deposit, K.CHARGEBACK)
    count = count_from_ledger(player=alice, period="day", now=LATER)
    assert count.deposited == 100
    assert count.withdrawn == 100


def test_the_closed_loop_knows_what_came_and_what_went_back(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    credited(alice, "40")
    (item,) = closed_loop(alice.pk)
    assert item.deposited == 140
    assert item.returned == 0
    assert item.remaining == 140
    told(deposit, K.CHARGEBACK)
    assert deposit.instrument_id is not None
    (item,) = closed_loop(alice.pk, {deposit.instrument_id: Decimal(15)})
    assert item.returned == 100
    assert item.paid_out == 15
    assert item.remaining == 25
