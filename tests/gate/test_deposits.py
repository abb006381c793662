"""A deposit is let in by the gate, and a success that comes too late goes back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from casino.cashier.errors import DepositGoesBack
from casino.cashier.services.deposits import deposit_open, deposit_post
from common.errors import Refusal
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.limits.models import DepositReservation
from players.models import Player
from tests.casino.play.table import account_balance
from tests.factories import CAROL, NOON, player_make
from tests.gate.steps import excluded
from wallet.enums import AccountKind
from wallet.services.accounts import house_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Player:
    return player_make(balance="0")


def opened(player: Player, amount: str = "20") -> DepositReservation:
    return deposit_open(
        player_id=player.pk, amount=Decimal(amount), currency="EUR", reference="d1", actor="psp:bank", now=NOON
    )


def posted(player: Player, amount: str = "20") -> None:
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    deposit_post(
        player_id=player.pk, amount=Decimal(amount), currency="EUR", reference="d1", clearing_id=clearing.id,
        actor="psp:bank", now=NOON,
    )  # fmt: skip


def test_a_deposit_is_let_in_and_credited(alice: Player) -> None:
    opened(alice)
    posted(alice)
    assert account_balance(alice, "player_real") == Decimal(20)
    assert DepositReservation.objects.get().state == "settled"


def test_who_may_not_deposit_is_refused_before_paying(alice: Player) -> None:
    flag_place(player_id=alice.pk, kind=FlagKind.DEPOSIT_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=NOON)
    with pytest.raises(Refusal) as refused:
        opened(alice)
    assert refused.value.code == "deposit_blocked"
    assert not DepositReservation.objects.exists()


def test_the_success_of_a_payment_that_comes_after_an_exclusion_goes_back(alice: Player) -> None:
    opened(alice)
    excluded(alice)
    with pytest.raises(DepositGoesBack):
        posted(alice)
    assert account_balance(alice, "player_real") == Decimal(0)
    assert DepositReservation.objects.get().state == "released"


def test_a_block_that_comes_while_the_player_pays_keeps_no_money_back(alice: Player) -> None:
    opened(alice)
    flag_place(player_id=alice.pk, kind=FlagKind.DEPOSIT_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=NOON)
    posted(alice)
    assert account_balance(alice, "player_real") == Decimal(20)
