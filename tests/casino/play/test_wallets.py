"""Which of a player's accounts play moves: those of the player's own currency, and no others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from casino.play.services.calls import bet_place
from casino.play.types import BetCall
from tests.casino.play.table import DIALECT, code_of, said, table_make
from tests.factories import NOON, rate_make
from tests.wallet.verification.quiet import everything_verified
from wallet.enums import AccountKind, TransactionKind
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import house_account, player_account_open
from wallet.services.player_money import player_credit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("opened_first", ["USD", "AED"])
def test_money_in_another_currency_is_not_played_with(opened_first: str) -> None:
    table = table_make("10")
    rate_make(opened_first, "1.08")
    source = house_account(kind=AccountKind.ADJUSTMENT, scope="x", currency=opened_first).id
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=table.player.pk, currency=opened_first)
    player_credit(
        kind=TransactionKind.ADJUSTMENT, player_id=table.player.pk, currency=opened_first, source_id=source,
        amount=Decimal(500), actor="system:test", now=NOON,
    )  # fmt: skip
    assert code_of(table.bet("10.01")) == "insufficient_funds"
    assert said(table.bet("4"))["balance"] == {"currency": "EUR", "real": "6.00", "bonus": "0.00", "total": "6.00"}
    table.win("50", call_id="mistake")
    table.bet("56", "r2")
    table.rollback("mistake")
    assert table.owed() == Decimal(50)
    assert player_balances(player_id=table.player.pk, currency=opened_first) == {"player_real": Decimal(500)}
    everything_verified()


def test_a_call_in_another_currency_is_refused_whatever_the_player_has() -> None:
    table = table_make("10")
    rate_make("USD", "1.08")
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=table.player.pk, currency="USD")
    call = BetCall(
        transaction_id="dollars", session_id=table.session, player_id=table.player.public_id,
        game_code=table.game.code, round_id="r1", amount=Decimal(1), currency="USD",
    )  # fmt: skip
    assert code_of(bet_place(call=call, caller=table.caller, dialect=DIALECT, now=NOON)) == "currency_mismatch"
