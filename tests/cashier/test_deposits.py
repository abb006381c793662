"""A deposit from the wish to the credit, whatever order its news come in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from casino.cashier.enums import Ownership
from casino.cashier.errors import ClientKeyTaken, DepositNotOpen, FiguresChanged, MethodNotOpen
from casino.cashier.models import Deposit, DepositStep, Instrument
from casino.cashier.services.endings import deposit_cancel
from casino.cashier.services.news import deposit_news
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.errors import NewsPuzzling
from casino.gateways.types import Reply
from casino.outbox.models import Fact
from common.errors import Refusal
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.kyc.models import MoneyFlow
from compliance.limits.models import DepositReservation
from players.models import Player
from tests.cashier.scene import LATER, Shop, begun, cards_offered, credited, dollars_offered, news_of, told
from tests.casino.play.table import account_balance
from tests.factories import CAROL, NOON, player_make
from tests.limits.scene import sets
from tests.routing.cast import route_make, terms_make
from tests.wallet.verification.quiet import everything_verified
from wallet.models import Entry, Transaction

K = NewsKind
pytestmark = pytest.mark.django_db


def real(player: Player) -> Decimal:
    return account_balance(player, "player_real")


def test_a_confirmed_deposit_is_credited_once_and_everybody_learns_of_it(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    assert (deposit.state, deposit.gateway, deposit.gateway_reference) == ("pending", "north", "north-1")
    fact = news_of(deposit, K.DEPOSIT_CONFIRMED)
    assert "credited" in deposit_news("north", fact, 0, LATER)
    deposit_news("north", fact, 0, LATER)
    told(deposit, K.DEPOSIT_CONFIRMED)
    assert real(alice) == 100
    assert deposit.state == "credited"
    assert deposit.is_first
    assert list(Fact.objects.order_by("pk").values_list("name", flat=True)) == ["deposit:credited", "deposit:first"]
    assert MoneyFlow.objects.get().base == 100
    assert DepositReservation.objects.get().transaction_id == deposit.transaction_id
    everything_verified()


def test_the_second_deposit_is_not_the_first(alice: Player) -> None:
    cards_offered()
    credited(alice)
    assert not credited(alice).is_first
    assert Fact.objects.filter(name="deposit:first").count() == 1


def test_confirmed_before_authorised_credits_and_what_comes_late_changes_nothing(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    told(deposit, K.DEPOSIT_CONFIRMED)
    for late in (K.DEPOSIT_AUTHORISED, K.DEPOSIT_PENDING, K.DEPOSIT_DECLINED, K.DEPOSIT_EXPIRED, K.DEPOSIT_CANCELLED):
        assert "nothing" in told(deposit, late) or "again" in told(deposit, late)
    assert deposit.state == "credited"
    assert real(alice) == 100


@pytest.mark.parametrize("end", [K.DEPOSIT_DECLINED, K.DEPOSIT_EXPIRED, K.DEPOSIT_CANCELLED])
def test_money_that_is_confirmed_after_the_end_is_credited(alice: Player, end: K) -> None:
    cards_offered()
    deposit = begun(alice)
    told(deposit, end)
    assert DepositReservation.objects.get().state == "released"
    told(deposit, K.DEPOSIT_CONFIRMED)
    assert deposit.state == "credited"
    assert real(alice) == 100
    everything_verified()


def test_money_that_comes_late_and_no_longer_fits_a_limit_goes_back(alice: Player) -> None:
    cards_offered()
    sets(alice, "150")
    deposit = begun(alice)
    told(deposit, K.DEPOSIT_EXPIRED)
    credited(alice)
    told(deposit, K.DEPOSIT_CONFIRMED)
    assert deposit.state == "to_refund"
    assert real(alice) == 100
    everything_verified()


@pytest.mark.parametrize("change", [{"amount": Decimal("100.01")}, {"amount": Decimal(99)}, {"currency": "USD"}])
def test_another_amount_or_currency_is_quarantined(alice: Player, change: dict[str, Any]) -> None:
    cards_offered()
    deposit = begun(alice)
    with pytest.raises(NewsPuzzling):
        told(deposit, K.DEPOSIT_CONFIRMED, **change)
    deposit.refresh_from_db()
    assert deposit.state == "pending"
    assert real(alice) == 0


def test_news_of_nothing_of_ours_is_for_people(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    with pytest.raises(NewsPuzzling):
        told(deposit, K.DEPOSIT_CONFIRMED, reference="D-nobody")
    with pytest.raises(NewsPuzzling):
        told(deposit, K.DEPOSIT_CONFIRMED, gateway="south")
    assert told(deposit, K.PAYOUT_CONFIRMED) == ""


def test_a_confirmation_without_an_amount_credits_only_what_the_gateway_then_says(
    alice: Player, market: dict[str, Shop]
) -> None:
    cards_offered()
    deposit = begun(alice)
    with pytest.raises(Refusal) as silent:
        told(deposit, K.DEPOSIT_CONFIRMED, amount=None)
    assert silent.value.code == "gateway_silent"
    assert real(alice) == 0
    market["north"].facts = [news_of(deposit, K.DEPOSIT_CONFIRMED)]
    told(deposit, K.DEPOSIT_CONFIRMED, amount=None)
    assert real(alice) == 100


def test_a_decline_goes_on_to_the_next_gateway(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    market["north"].reply = Reply(standing=Standing.DECLINED, code="05")
    deposit = begun(alice)
    assert (deposit.state, deposit.gateway) == ("pending", "south")
    assert [one.reference for one in market["south"].orders] == [deposit.reference]
    told(deposit, K.DEPOSIT_DECLINED, gateway="north")
    assert deposit.state == "pending", "the other gateway has it"
    told(deposit, K.DEPOSIT_CONFIRMED)
    with pytest.raises(NewsPuzzling):
        told(deposit, K.DEPOSIT_CONFIRMED, gateway="north", gateway_reference="north-9")
    assert real(alice) == 100


def test_when_all_decline_it_is_declined_and_counts_no_more(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    for shop in market.values():
        shop.reply = Reply(standing=Standing.DECLINED, code="05")
    deposit = begun(alice)
    assert (deposit.state, deposit.code) == ("declined", "05")
    assert DepositReservation.objects.get().state == "released"


def test_no_answer_is_no_decline(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    market["north"].reply = Reply(standing=Standing.UNKNOWN)
    deposit = begun(alice)
    assert deposit.state == "pending"
    assert not market["south"].orders


def test_done_at_once_credits_what_the_gateway_says_was_paid(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    market["north"].reply = Reply(standing=Standing.DONE, reference="north-1")
    assert begun(alice).state == "authorised", "it says done, and not what was paid"
    assert real(alice) == 0
    deposit = Deposit.objects.get()
    told(deposit, K.DEPOSIT_CONFIRMED)
    assert real(alice) == 100


def test_pressed_twice_it_is_one_and_a_key_stands_for_one_wish(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    assert begun(alice, key="k").pk == begun(alice, key="k").pk
    assert len(market["north"].orders) == 1
    with pytest.raises(ClientKeyTaken):
        begun(alice, "20", key="k")


def test_who_may_not_deposit_pays_nothing(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    sets(alice, "50")
    with pytest.raises(Refusal) as refused:
        begun(alice)
    assert refused.value.code == "deposit_limit_reached"
    deposit = Deposit.objects.get()
    assert (deposit.state, deposit.code) == ("failed", "deposit_limit_reached")
    assert not market["north"].orders
    with pytest.raises(MethodNotOpen):
        begun(alice, "5")


def blocked(player: Player) -> None:
    flag_place(player_id=player.pk, kind=FlagKind.DEPOSIT_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=NOON)


def test_whom_the_gate_refuses_never_reaches_a_gateway(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    blocked(alice)
    with pytest.raises(Refusal) as refused:
        begun(alice)
    assert refused.value.code == "deposit_blocked"
    assert not any(shop.orders for shop in market.values())
    assert not DepositReservation.objects.filter(state="reserved").exists()


def test_a_block_that_comes_while_the_player_pays_keeps_no_money_back(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    blocked(alice)
    told(deposit, K.DEPOSIT_CONFIRMED)
    assert deposit.state == "credited"
    assert real(alice) == 100


def test_a_gateway_that_ended_a_deposit_by_a_stop_code_is_left_out_of_the_next(
    alice: Player, market: dict[str, Shop]
) -> None:
    terms_make()
    route_make("north", place=1, stop_codes=["stolen"])
    route_make("south", place=2)
    market["north"].reply = Reply(standing=Standing.DECLINED, code="Stolen")
    assert begun(alice).state == "declined"
    assert not market["south"].orders, "a stop code ends it"
    assert begun(alice, now=LATER).gateway == "south"
    assert len(market["north"].orders) == 1


def test_the_player_cancels_while_it_is_pending_and_not_later(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    for _again in range(2):
        cancelled = deposit_cancel(
            player_id=alice.pk, reference=deposit.reference, actor=f"player:{alice.pk}", now=LATER
        )
        assert cancelled.state == "cancelled"
    other = credited(alice)
    with pytest.raises(DepositNotOpen):
        deposit_cancel(player_id=alice.pk, reference=other.reference, actor=f"player:{alice.pk}", now=LATER)


def test_the_instrument_is_kept_with_whose_it_is(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    card = Instrument.objects.get()
    assert deposit.instrument == card
    assert card.ownership == Ownership.MATCHES
    assert card.first_used_at == LATER
    assert card.owner_name is not None
    assert b"Alice" not in bytes(card.owner_name)


def test_dollars_become_euros_at_the_rate_and_margin_that_were_shown(alice: Player) -> None:
    cards_offered()
    dollars_offered(alice)
    with pytest.raises(FiguresChanged):
        begun(alice, "108", currency="USD", expected=Decimal(100))
    deposit = begun(alice, "108", currency="USD", expected=Decimal(99))
    told(deposit, K.DEPOSIT_CONFIRMED)
    assert real(alice) == 99
    assert deposit.credit == 99
    assert deposit.margin == 1
    assert deposit.rate is not None
    assert deposit.margin_row is not None
    assert deposit.transaction_id is not None
    booked = Entry.objects.filter(transaction_id=deposit.transaction_id)
    assert {(e.account.kind, e.currency, int(e.amount)) for e in booked} == {
        ("payment_clearing", "USD", -108), ("fx", "USD", 108), ("fx", "EUR", -99), ("player_real", "EUR", 99),
        ("fx_margin", "EUR", 1), ("fx", "EUR", -1),
    }  # fmt: skip
    everything_verified()


def test_the_fee_is_the_players_where_the_terms_say_so(alice: Player) -> None:
    cards_offered(fee_percent=Decimal(2), fee_payer="player")
    deposit = credited(alice)
    assert deposit.fee == 2
    assert deposit.credit == 98
    assert real(alice) == 98
    assert Transaction.objects.filter(kind="deposit").count() == 1
    everything_verified()


def test_every_step_is_told(alice: Player) -> None:
    cards_offered()
    deposit = credited(alice)
    steps = list(DepositStep.objects.filter(deposit=deposit).order_by("pk").values_list("before", "after"))
    assert steps == [("", "created"), ("created", "pending"), ("pending", "credited")]


def test_another_player_keeps_an_instrument_of_their_own(alice: Player) -> None:
    cards_offered()
    credited(alice)
    credited(player_make("Bob", balance="0"))
    assert Instrument.objects.filter(fingerprint="fp_1").count() == 2
