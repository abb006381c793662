"""The player's real-money row stands before every movement of the wallet: a bet locks it alone and reads the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.factories import NOON, player_make
from wallet.enums import AccountKind, TransactionKind
from wallet.errors import Busy
from wallet.locks import busy_when_locked
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import house_account, player_account_open
from wallet.services.transactions import Movement, transaction_post

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]


@pytest.mark.parametrize("kind", [AccountKind.PLAYER_BONUS, AccountKind.PLAYER_HOLD])
def test_money_of_another_sort_waits_for_whoever_holds_the_wallet(kind: AccountKind, owner_connection: Owner) -> None:
    alice = player_make(balance="10")
    cost = house_account(kind=AccountKind.BONUS_COST, scope="welcome", currency="EUR")
    purse = player_account_open(kind=kind, player_id=alice.pk, currency="EUR")

    @busy_when_locked()
    def grant() -> None:
        transaction_post(
            kind=TransactionKind.BONUS_GRANT, movements=[Movement(cost.id, purse.id, Decimal(5))],
            actor="system:tests", now=NOON, player_id=alice.pk,
        )  # fmt: skip

    with owner_connection.transaction():
        owner_connection.execute(
            "SELECT 1 FROM wallet_account WHERE player_id = %s AND kind = 'player_real' FOR NO KEY UPDATE", [alice.pk]
        )
        with pytest.raises(Busy):
            grant()
        assert player_balances(player_id=alice.pk, currency="EUR")[kind] == 0
    grant()
    assert player_balances(player_id=alice.pk, currency="EUR")[kind] == 5
