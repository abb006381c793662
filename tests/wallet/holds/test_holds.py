"""Money set aside: placed, released, paid out, each once, and always covered."""

from __future__ import annotations

from decimal import Decimal

import pytest

from players.models import Player
from tests.factories import CAROL, NOON, deposit_make, player_make
from tests.wallet.verification.quiet import everything_verified
from wallet.enums import AccountKind, HoldState, TransactionKind
from wallet.errors import HoldEnded, HoldNotFound, InsufficientFunds
from wallet.models import Hold, Transaction
from wallet.selectors.holds import held_amount, holds_open
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import house_account
from wallet.services.holds import hold_place, hold_release, hold_settle
from wallet.services.player_money import player_take_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Player:
    return player_make(balance="100")


def place(player: Player, amount: str) -> Hold:
    return hold_place(
        player_id=player.pk, currency="EUR", amount=Decimal(amount), reason="withdrawal 1", actor="alice", now=NOON
    )


def balances(player: Player) -> dict[str, Decimal]:
    return player_balances(player_id=player.pk, currency="EUR")


def clearing() -> int:
    return house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR").id


def test_a_hold_takes_the_money_out_of_play(alice: Player) -> None:
    hold = place(alice, "40.005")
    assert balances(alice) == {"player_real": Decimal("59.995"), "player_hold": Decimal("40.005")}
    assert list(holds_open(player_id=alice.pk)) == [hold]
    assert held_amount(player_id=alice.pk, currency="EUR") == Decimal("40.005")
    assert Transaction.objects.get(pk=hold.placed_by_id).reference == "withdrawal 1"
    everything_verified()


def test_more_than_there_is_can_not_be_held(alice: Player) -> None:
    place(alice, "60")
    with pytest.raises(InsufficientFunds):
        place(alice, "40.01")
    assert held_amount(player_id=alice.pk, currency="EUR") == Decimal(60)
    assert Hold.objects.count() == 1
    everything_verified()


@pytest.mark.parametrize("amount", ["0", "-5", "NaN"])
def test_nothing_and_less_than_nothing_can_not_be_held(alice: Player, amount: str) -> None:
    with pytest.raises(ValueError, match="number above zero"):
        place(alice, amount)


def test_a_released_hold_is_the_players_again_and_ends_once(alice: Player) -> None:
    hold = hold_release(hold_id=place(alice, "40").pk, actor=CAROL, now=NOON)
    assert hold.state == HoldState.RELEASED
    assert balances(alice)["player_real"] == Decimal(100)
    with pytest.raises(HoldEnded):
        hold_release(hold_id=hold.pk, actor=CAROL, now=NOON)
    with pytest.raises(HoldEnded):
        hold_settle(hold_id=hold.pk, target_id=clearing(), actor=CAROL, now=NOON)
    everything_verified()


def test_a_settled_hold_is_paid_out_of_the_house(alice: Player) -> None:
    hold = hold_settle(hold_id=place(alice, "40").pk, target_id=clearing(), actor=CAROL, now=NOON)
    assert hold.state == HoldState.SETTLED
    paid = hold.ended_by
    assert paid is not None
    assert (paid.kind, paid.actor, paid.player_id) == (TransactionKind.WITHDRAWAL, CAROL, alice.pk)
    assert balances(alice) == {"player_real": Decimal(60), "player_hold": Decimal(0)}
    everything_verified()


def test_a_released_hold_repays_what_the_player_came_to_owe_meanwhile(alice: Player) -> None:
    hold = place(alice, "90")
    player_take_back(
        kind=TransactionKind.CHARGEBACK, player_id=alice.pk, currency="EUR", target_id=clearing(),
        amount=Decimal(100), actor="psp:bank", now=NOON,
    )  # fmt: skip
    assert balances(alice)["player_receivable"] == Decimal(-90)
    hold_release(hold_id=hold.pk, actor=CAROL, now=NOON)
    assert balances(alice) == {"player_real": Decimal(0), "player_hold": Decimal(0), "player_receivable": Decimal(0)}
    deposit_make(alice, "7")
    assert balances(alice)["player_real"] == Decimal(7)
    everything_verified()


def test_holds_that_do_not_exist_are_named() -> None:
    with pytest.raises(HoldNotFound):
        hold_release(hold_id=10**9, actor=CAROL, now=NOON)
