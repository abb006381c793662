"""Money on its way back: from suspense, from a player, twice, in vain."""

from __future__ import annotations

from decimal import Decimal

import pytest

from casino.cashier.errors import DepositNotRefundable
from casino.cashier.models import Deposit, Refund
from casino.cashier.services.asking import refund_ask_gateway
from casino.cashier.services.refunds import refund_again, refund_ask
from casino.cashier.services.sending import refunds_send
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.errors import NewsPuzzling
from casino.gateways.types import Reply
from casino.outbox.models import Fact
from players.models import Player
from players.services.players import player_block, player_close
from tests.cashier.scene import LATER, Shop, begun, cards_offered, credited, dollars_offered, news_of, told
from tests.casino.play.table import account_balance
from tests.factories import CAROL, NOON
from tests.gate.steps import excluded
from tests.wallet.verification.quiet import everything_verified
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account
from wallet.services.player_money import player_take_back

K = NewsKind
pytestmark = pytest.mark.django_db


def spent(player: Player, amount: str) -> None:
    house = house_account(kind=AccountKind.ADJUSTMENT, scope="correction", currency="EUR")
    player_take_back(
        kind=TransactionKind.ADJUSTMENT, player_id=player.pk, currency="EUR", target_id=house.id,
        amount=Decimal(amount), actor="system:tests", now=NOON,
    )  # fmt: skip


def balances(player: Player) -> tuple[object, object]:
    """Real money, and what is owed as the receivable's balance."""
    return account_balance(player, "player_real"), account_balance(player, "player_receivable")


def asked(deposit: Deposit) -> Refund:
    return refund_ask(deposit_id=deposit.pk, reason="wrong card", approval="approval:1", actor=CAROL, now=LATER)


@pytest.mark.parametrize("stop", ["excluded", "closed", "locked"])
def test_money_for_who_may_not_have_it_waits_apart_and_goes_back_by_itself(
    alice: Player, market: dict[str, Shop], stop: str
) -> None:
    cards_offered()
    deposit = begun(alice)
    if stop == "excluded":
        excluded(alice)
    elif stop == "closed":
        player_close(player_id=alice.pk, actor=CAROL, reason="x", now=NOON)
    else:
        player_block(player_id=alice.pk, actor=CAROL, reason="x", now=NOON)
    told(deposit, K.DEPOSIT_CONFIRMED)
    assert deposit.state == "to_refund"
    assert balances(alice) == (0, 0)
    everything_verified()
    assert refunds_send(now=LATER) == 1
    assert refunds_send(now=LATER) == 0
    refund = Refund.objects.get()
    order = market["north"].orders[-1]
    assert (order.reference, order.original) == (refund.reference, "north-1")
    assert refund.state == "sent"
    told(deposit, K.REFUND_DONE, reference=refund.reference, gateway_reference="north-refund")
    assert deposit.state == "refunded"
    assert list(Fact.objects.values_list("name", flat=True)) == ["deposit:refunded"]
    everything_verified()


def test_an_exclusion_cancels_what_is_under_way(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    excluded(alice)
    deposit.refresh_from_db()
    assert (deposit.state, deposit.code) == ("cancelled", "excluded")


def test_a_refund_of_suspense_that_fails_waits_for_people_and_is_sent_again(
    alice: Player, market: dict[str, Shop]
) -> None:
    cards_offered()
    deposit = begun(alice)
    excluded(alice)
    told(deposit, K.DEPOSIT_CONFIRMED)
    market["north"].refund = Reply(standing=Standing.DECLINED, text="account closed")
    refunds_send(now=LATER)
    assert Refund.objects.get().state == "failed"
    assert Deposit.objects.get().state == "to_refund"
    everything_verified()
    market["north"].refund = Reply(standing=Standing.DONE, reference="north-refund")
    refund_again(deposit_id=deposit.pk, reason="tried again", actor=CAROL, now=LATER)
    with pytest.raises(DepositNotRefundable):
        refund_again(deposit_id=deposit.pk, reason="once more", actor=CAROL, now=LATER)
    refunds_send(now=LATER)
    assert Deposit.objects.get().state == "refunded"
    everything_verified()


def test_a_refund_of_what_is_spent_leaves_a_debt_and_lowers_net_deposits(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    spent(alice, "70")
    refund = asked(deposit)
    assert balances(alice) == (0, -70)
    deposit.refresh_from_db()
    assert deposit.state == "refunding"
    refunds_send(now=LATER)
    told(deposit, K.REFUND_DONE, reference=refund.reference)
    assert deposit.state == "refunded"
    told(deposit, K.REFUND_DONE, reference=refund.reference)
    with pytest.raises(DepositNotRefundable):
        asked(deposit)
    everything_verified()


def test_a_failed_refund_comes_back_to_the_player(alice: Player) -> None:
    cards_offered()
    dollars_offered(alice)
    deposit = begun(alice, "108", currency="USD")
    told(deposit, K.DEPOSIT_CONFIRMED)
    refund = asked(deposit)
    assert balances(alice) == (0, 0)
    refunds_send(now=LATER)
    told(deposit, K.REFUND_FAILED, reference=refund.reference)
    assert deposit.state == "credited"
    assert balances(alice) == (99, 0)
    asked(deposit)
    everything_verified()


def test_a_paid_refund_that_comes_back_later_is_the_players_again(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    refund = asked(deposit)
    told(deposit, K.REFUND_DONE, reference=refund.reference)
    told(deposit, K.REFUND_FAILED, reference=refund.reference)
    assert deposit.state == "credited"
    assert balances(alice) == (100, 0)
    everything_verified()


def test_the_janitor_learns_of_a_refund(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    deposit = credited(alice)
    refund = asked(deposit)
    refunds_send(now=LATER)
    market["north"].facts = [news_of(deposit, K.REFUND_DONE, reference=refund.reference)]
    refund_ask_gateway(refund_id=refund.pk, now=LATER)
    assert Refund.objects.get().state == "done"


def test_a_refund_that_nobody_asked_for_is_for_people(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    with pytest.raises(NewsPuzzling):
        told(deposit, K.REFUND_DONE)


def test_a_capture_that_fails_after_the_credit_is_undone_as_if_it_had_never_been(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    spent(alice, "30")
    told(deposit, K.DEPOSIT_REVERSED)
    assert deposit.state == "reversed"
    assert balances(alice) == (0, -30)
    everything_verified()


def test_a_reversal_of_money_in_suspense_ends_its_refund(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    excluded(alice)
    told(deposit, K.DEPOSIT_CONFIRMED)
    told(deposit, K.DEPOSIT_REVERSED)
    assert deposit.state == "reversed"
    assert Refund.objects.get().state == "failed"
    assert refunds_send(now=LATER) == 0
    everything_verified()
