"""Paying: held until it is paid, news in any order counted once, what comes back is the player's again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from casino.gateways.enums import NewsKind, Purpose, Standing
from casino.gateways.errors import NewsPuzzling
from casino.gateways.types import Reply
from casino.outbox.models import Fact
from casino.withdrawals.errors import PayoutUnderWay, StepNotAllowed
from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.services.endings import withdrawal_reject
from casino.withdrawals.services.news import payout_news
from casino.withdrawals.services.payments import payout_lost, withdrawal_submit
from compliance.audit.models import AuditEvent
from compliance.kyc.models import MoneyFlow
from compliance.limits.models import CountedWithdrawal
from players.models import Player
from tests.cashier.scene import VISA, Shop
from tests.harm.cast import book
from tests.withdrawals.scene import (
    LATER,
    actor,
    alice_make,
    approved,
    asked,
    by_hand,
    card,
    dollars_out,
    hears,
    money,
    paid_in,
    plays,
    sent,
    staff,
)
from wallet.enums import TransactionKind
from wallet.verification.registry import promises
from wallet.verification.scope import Scope

pytestmark = pytest.mark.django_db
D = Decimal


def proved() -> None:
    """Every promise of the books and of withdrawals holds."""
    for promise in promises():
        assert list(promise.check(Scope())) == [], promise.name


def one(alice: Player, amount: str = "40") -> Payout:
    """A payment that the gateway has taken on."""
    return sent(asked(alice, amount))[0]


def payouts(shop: Shop) -> list[str]:
    """The references of what it was asked to pay."""
    return [order.reference for order in shop.orders if order.purpose == Purpose.PAYOUT]


def test_it_is_held_then_paid_once_and_counted(alice: Player) -> None:
    payout = one(alice)
    assert (payout.state, payout.gateway, payout.withdrawal.state) == ("pending", "north", "pay_pending")
    assert hears(payout, NewsKind.PAYOUT_CONFIRMED) == f"{payout.reference}: paid"
    assert (payout.state, payout.withdrawal.state) == ("confirmed", "paid")
    assert money(alice) == {"real": D(110)}
    assert CountedWithdrawal.objects.get(player=alice).amount == 40
    assert MoneyFlow.objects.get(player_id=alice.pk, kind="withdrawal").base == 40
    assert Fact.objects.get(name="withdrawal:paid").payload["amount"] == "40"
    proved()


def test_the_same_fact_told_again_changes_nothing(alice: Player) -> None:
    payout = one(alice)
    hears(payout, NewsKind.PAYOUT_CONFIRMED, key="k1")
    assert hears(payout, NewsKind.PAYOUT_CONFIRMED, key="k1") == "counted already"
    assert hears(payout, NewsKind.PAYOUT_CONFIRMED, key="k2").endswith("paid already")
    assert hears(payout, NewsKind.PAYOUT_PENDING).endswith("paid already")
    assert money(alice) == {"real": D(110)}


def test_what_is_done_at_once_needs_no_news(alice: Player, market: dict[str, Shop]) -> None:
    market["north"].reply = Reply(standing=Standing.DONE, reference="n-1")
    payout = one(alice)
    assert (payout.state, payout.withdrawal.state) == ("confirmed", "paid")
    hears(payout, NewsKind.PAYOUT_CONFIRMED)
    assert money(alice) == {"real": D(110)}
    proved()


def test_what_came_back_is_the_players_again(alice: Player) -> None:
    payout = one(alice)
    hears(payout, NewsKind.PAYOUT_CONFIRMED)
    hears(payout, NewsKind.PAYOUT_RETURNED)
    assert (payout.state, payout.withdrawal.state, money(alice)) == ("returned", "returned", {"real": D(150)})
    assert Fact.objects.get(name="withdrawal:returned").payload["amount"] == "40"
    proved()


def test_it_came_back_before_it_was_confirmed(alice: Player) -> None:
    payout = one(alice)
    hears(payout, NewsKind.PAYOUT_RETURNED)
    assert money(alice) == {"real": D(150)}
    assert hears(payout, NewsKind.PAYOUT_CONFIRMED).endswith("came back already")
    assert money(alice) == {"real": D(150)}
    proved()


def test_another_amount_is_for_people_and_books_nothing(alice: Player) -> None:
    payout = one(alice)
    with pytest.raises(NewsPuzzling, match="is 40 EUR, not 400 EUR"):
        hears(payout, NewsKind.PAYOUT_CONFIRMED, amount=D(400))
    with pytest.raises(NewsPuzzling):
        hears(payout, NewsKind.PAYOUT_CONFIRMED, currency="USD")
    assert money(alice) == {"real": D(110), "hold": D(40)}


def test_news_of_a_payment_that_nobody_made_is_for_people(alice: Player) -> None:
    payout = one(alice)
    with pytest.raises(NewsPuzzling, match="no payment"):
        hears(payout, NewsKind.PAYOUT_CONFIRMED, reference="W-nobody-1-1")
    assert hears(payout, NewsKind.DEPOSIT_CONFIRMED, reference="D-1") == ""


def test_a_soft_decline_goes_on_to_the_next_gateway(db: None, market: dict[str, Shop]) -> None:
    alice = alice_make(deposited="0", staked="0")
    paid_in(alice, "100", by=replace(VISA, token=""))  # no gateway holds it: any may pay
    plays(alice, "100", "150")
    market["north"].reply = Reply(standing=Standing.DECLINED, code="try_later")
    tries = sent(asked(alice))
    assert [(row.gateway, row.state) for row in tries] == [("north", "failed"), ("south", "pending")]
    assert len({row.hold_id for row in tries}) == 1
    assert market["south"].orders[-1].reference == tries[1].reference != tries[0].reference
    hears(tries[1], NewsKind.PAYOUT_CONFIRMED)
    assert tries[1].withdrawal.state == "paid"
    proved()


def test_declined_everywhere_it_fails_and_may_be_sent_again_or_given_back(
    alice: Player, market: dict[str, Shop]
) -> None:
    for shop in market.values():
        shop.reply = Reply(standing=Standing.DECLINED, code="no")
    made = asked(alice)
    sent(made)
    assert (made.state, money(alice)["hold"]) == ("failed", D(40))
    market["north"].reply = Reply(standing=Standing.DONE)
    market["south"].reply = Reply(standing=Standing.DONE)
    made.auto_approved = False
    finance = staff("finance")
    withdrawal_submit(withdrawal_id=made.pk, reason="again", actor=actor(finance), now=LATER)
    assert Payout.objects.filter(withdrawal=made).count() == 2
    proved()


def test_paid_after_it_failed_and_was_given_back_is_taken_from_the_player(
    alice: Player, market: dict[str, Shop]
) -> None:
    for shop in market.values():
        shop.reply = Reply(standing=Standing.DECLINED, code="no")
    made = asked(alice)
    tries = sent(made)
    withdrawal_reject(withdrawal_id=made.pk, reason="no way", actor=actor(staff("finance")), now=LATER)
    assert money(alice) == {"real": D(150)}
    book(alice, TransactionKind.BET, "140", LATER)
    hears(tries[0], NewsKind.PAYOUT_CONFIRMED)
    assert money(alice) == {"receivable": D(-30)}
    assert tries[0].withdrawal.state == "paid"
    assert AuditEvent.objects.filter(name="withdrawals:payout:paid_unexpectedly").count() == 1
    proved()


def test_no_answer_is_never_sent_again_until_the_gateway_says_it_never_heard(
    alice: Player, market: dict[str, Shop]
) -> None:
    market["north"].reply = Reply(standing=Standing.UNKNOWN)
    payout = one(alice)
    assert (payout.state, len(payouts(market["north"]))) == ("unknown", 1)
    assert money(alice)["hold"] == 40
    market["north"].reply = Reply(standing=Standing.DONE)
    hears(payout, NewsKind.UNKNOWN, code="not_found", amount=None)
    assert payouts(market["north"]) == [payout.reference] * 2
    assert (payout.state, payout.withdrawal.state) == ("confirmed", "paid")
    proved()


def test_a_sender_that_died_leaves_an_unknown_payment(alice: Player) -> None:
    from datetime import timedelta

    made = asked(alice)
    withdrawal_submit(withdrawal_id=made.pk, actor="system:withdrawals", now=LATER)
    payout = Payout.objects.get(withdrawal=made)
    Payout.objects.filter(pk=payout.pk).update(state="sending", gateway="north", sent_at=LATER)
    assert not payout_lost(payout_id=payout.pk, now=LATER)
    assert payout_lost(payout_id=payout.pk, now=LATER + timedelta(minutes=3))
    made.refresh_from_db()
    assert made.state == "pay_pending"


def test_nothing_is_given_back_while_a_gateway_has_it(alice: Player) -> None:
    payout = one(alice)
    with pytest.raises(PayoutUnderWay):
        withdrawal_reject(withdrawal_id=payout.withdrawal_id, reason="x", actor=actor(staff("finance")), now=LATER)


def test_a_split_one_is_paid_when_every_part_is(db: None) -> None:
    alice = alice_make(deposited="60", staked="0")
    paid_in(alice, "40", by=card(2))
    plays(alice, "100", "200")
    made = asked(alice, "100")
    parts = sent(made)
    assert sorted(row.held for row in parts) == [40, 60]
    hears(parts[0], NewsKind.PAYOUT_CONFIRMED)
    assert parts[0].withdrawal.state == "pay_pending"
    hears(parts[1], NewsKind.PAYOUT_DECLINED, code="closed")
    assert parts[1].withdrawal.state == "failed"
    proved()
    withdrawal_reject(withdrawal_id=made.pk, reason="rest back", actor=actor(staff("finance")), now=LATER)
    made.refresh_from_db()
    assert (made.state, money(alice)) == ("part_paid", {"real": 100 + parts[1].held})
    proved()


def test_a_payment_in_another_currency_carries_its_rate_and_margin(db: None) -> None:
    alice = alice_make(deposited="0", staked="0")
    dollars_out(alice)
    from tests.cashier.scene import VISA, begun, told
    from tests.factories import NOON

    deposit = begun(alice, "108", currency="USD")
    told(deposit, NewsKind.DEPOSIT_CONFIRMED, instrument=VISA, now=NOON)
    plays(alice, "99", "150")
    made = asked(alice, "50")
    payout = sent(made)[0]
    assert (payout.currency, payout.held, payout.margin, payout.amount) == ("USD", D(50), D("0.5"), D("53.46"))
    hears(payout, NewsKind.PAYOUT_CONFIRMED)
    assert money(alice) == {"real": D(100)}
    hears(payout, NewsKind.PAYOUT_RETURNED)
    assert money(alice) == {"real": D(150)}
    proved()


def test_who_may_not_pay_does_not(alice: Player) -> None:
    by_hand()
    made = asked(alice)
    approved(made)
    with pytest.raises(StepNotAllowed):
        withdrawal_submit(withdrawal_id=made.pk, reason="x", actor=actor(staff("payments")), now=LATER)
    assert Withdrawal.objects.get(pk=made.pk).state == "approved"


def test_the_handler_leaves_other_news_to_others(alice: Player) -> None:
    from casino.gateways.types import News

    news = News(kind=NewsKind.CHARGEBACK, key="c", reference="D-1", gateway_reference="x")
    assert payout_news("north", news, 1, LATER) == ""
