"""Reversals outside play: the same figures with the opposite sign, once, whatever the player has done meanwhile."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from players.models import Player
from tests.casino.play.table import seat, table_make
from tests.factories import NOON, deposit_make, game_make, jackpot_make, player_make, provider_make, rate_make
from tests.wallet.verification.quiet import everything_verified
from wallet.enums import AccountKind, TransactionKind
from wallet.errors import AlreadyReversed, NotReversible, TransactionUnknown
from wallet.models import Entry, Transaction
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import house_account, player_account_open
from wallet.services.holds import hold_place
from wallet.services.player_money import player_credit, player_take_back
from wallet.services.reversals import transaction_reverse
from wallet.services.transactions import Movement, transaction_post

pytestmark = pytest.mark.django_db
# The services are called here without an approval, which the proof would miss of staff (compliance/approvals).
WALLET = "system:tests"


def reverse(transaction_id: UUID) -> UUID:
    return transaction_reverse(transaction_id=transaction_id, actor=WALLET, now=NOON, reason="booked by mistake")


def credit(player: Player, amount: str) -> UUID:
    source = house_account(kind=AccountKind.ADJUSTMENT, scope="goodwill", currency=player.currency)
    return player_credit(
        kind=TransactionKind.ADJUSTMENT, player_id=player.pk, currency=player.currency, source_id=source.id,
        amount=Decimal(amount), actor=WALLET, now=NOON,
    )  # fmt: skip


def take_back(player: Player, amount: str) -> UUID:
    target = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency=player.currency)
    return player_take_back(
        kind=TransactionKind.CHARGEBACK, player_id=player.pk, currency=player.currency, target_id=target.id,
        amount=Decimal(amount), actor="psp:bank", now=NOON,
    )  # fmt: skip


def balances(player: Player) -> tuple[Decimal, Decimal]:
    """Real money, and what the player owes."""
    held = player_balances(player_id=player.pk, currency=player.currency)
    return held["player_real"], -held.get("player_receivable", Decimal(0))


def test_a_reversal_names_its_original_and_carries_its_base_amounts() -> None:
    rate_make("USD", "1.07")
    alice = player_make(currency="USD", balance="1")
    booked = credit(alice, "3.33")
    rate_make("USD", "1.50", on=NOON.date().replace(day=3))
    undone = Transaction.objects.get(pk=reverse(booked))
    assert (undone.original_id, undone.kind, undone.reference) == (booked, "rollback", "booked by mistake")
    assert undone.fx_rate_id == Transaction.objects.get(pk=booked).fx_rate_id
    forth = list(Entry.objects.filter(transaction_id=booked).order_by("line").values_list("amount", "base_amount"))
    back = list(Entry.objects.filter(transaction=undone).order_by("-line").values_list("amount", "base_amount"))
    assert back == [(-amount, -base) for amount, base in forth]
    everything_verified()


def test_what_was_reversed_is_not_reversed_again() -> None:
    alice = player_make()
    booked = credit(alice, "5")
    undone = reverse(booked)
    with pytest.raises(AlreadyReversed):
        reverse(booked)
    with pytest.raises(NotReversible):
        reverse(undone)
    assert balances(alice) == (Decimal(100), Decimal(0))


def test_what_was_spent_meanwhile_is_owed() -> None:
    rate_make("USD", "1.07")
    alice = player_make(currency="USD", balance="2")
    booked = credit(alice, "10")
    take_back(alice, "8.99")
    reverse(booked)
    assert balances(alice) == (Decimal(0), Decimal("6.99"))
    everything_verified()


def test_what_comes_back_repays_the_receivable() -> None:
    alice = player_make(balance="10")
    first = take_back(alice, "10")
    take_back(alice, "4")
    assert balances(alice) == (Decimal(0), Decimal(4))
    reverse(first)
    assert balances(alice) == (Decimal(6), Decimal(0))
    everything_verified()


def test_a_chargeback_beyond_the_balance_comes_back_as_money_once_the_debt_was_paid() -> None:
    alice = player_make(balance="10")
    charged = take_back(alice, "25")
    deposit_make(alice, "12")
    assert balances(alice) == (Decimal(0), Decimal(3))
    reverse(charged)
    assert balances(alice) == (Decimal(22), Decimal(0))
    everything_verified()


def test_a_conversion_is_reversed_in_both_currencies() -> None:
    rate_make("USD", "1.08")
    alice = player_make(balance="100")
    euros = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=alice.pk, currency="EUR").id
    dollars = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=alice.pk, currency="USD").id
    fx_eur, fx_usd = (house_account(kind=AccountKind.FX, scope="desk", currency=code).id for code in ("EUR", "USD"))
    booked = transaction_post(
        kind=TransactionKind.CONVERSION, actor=WALLET, now=NOON, player_id=alice.pk,
        movements=[Movement(euros, fx_eur, Decimal(50)), Movement(fx_usd, dollars, Decimal(54))],
    )  # fmt: skip
    spent = house_account(kind=AccountKind.ADJUSTMENT, scope="x", currency="USD").id
    transaction_post(
        kind=TransactionKind.ADJUSTMENT, actor=WALLET, now=NOON, player_id=alice.pk,
        movements=[Movement(dollars, spent, Decimal(14))],
    )  # fmt: skip
    reverse(booked)
    assert balances(alice)[0] == Decimal(100)
    left = player_balances(player_id=alice.pk, currency="USD")
    assert (left["player_real"], left["player_receivable"]) == (Decimal(0), Decimal(-14))
    everything_verified()


def test_money_of_the_house_alone_is_reversed_too() -> None:
    jackpot_make(game_make(provider_make()))
    reverse(Transaction.objects.get(kind="jackpot_seed").pk)
    everything_verified()


def test_play_and_holds_have_ways_back_of_their_own() -> None:
    table = table_make()
    table.bet("1")
    hold_place(
        player_id=table.player.pk, currency="EUR", amount=Decimal(5), reason="withdrawal", actor="alice", now=NOON
    )
    for kind in ("bet", "hold"):
        with pytest.raises(NotReversible):
            reverse(Transaction.objects.get(kind=kind).pk)
    with pytest.raises(TransactionUnknown):
        reverse(uuid4())


def test_a_credit_repays_and_a_debit_never_overdraws() -> None:
    alice = seat(game_make(provider_make()), balance="5").player
    take_back(alice, "8")
    assert balances(alice) == (Decimal(0), Decimal(3))
    credit(alice, "2")
    assert balances(alice) == (Decimal(0), Decimal(1))
    credit(alice, "2")
    assert balances(alice) == (Decimal(1), Decimal(0))
    everything_verified()
