"""Statements that reconcile, net deposits, the position of a sign-in (UK-02, UK-03, UK-04, G-21)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.clock import utc_now
from players.accounts.periods import months_back, statement_period
from players.models import Player
from tests.accounts.cast import NOON, Caller, brand_with_terms
from wallet.enums import AccountKind, TransactionKind
from wallet.selectors.activity import accounts_in_period
from wallet.selectors.statements import statement
from wallet.services.accounts import house_account, player_account_open
from wallet.services.holds import hold_place, hold_release, hold_settle
from wallet.services.player_money import player_credit, player_take_back
from wallet.services.reversals import transaction_reverse
from wallet.services.transactions import Movement, transaction_post

pytestmark = pytest.mark.django_db


def deposit(player: Player, amount: str, now: datetime) -> UUID:
    bank = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    return player_credit(
        kind=TransactionKind.DEPOSIT, player_id=player.pk, currency="EUR", source_id=bank.id, amount=Decimal(amount),
        actor="psp:bank", now=now, reference="deposit",
    )  # fmt: skip


def withdraw(player: Player, amount: str, now: datetime) -> None:
    bank = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    held = hold_place(
        player_id=player.pk, currency="EUR", amount=Decimal(amount), reason="withdrawal", actor="player", now=now
    )
    hold_settle(hold_id=held.pk, target_id=bank.id, actor="psp:bank", now=now)


def play(player: Player, kind: TransactionKind, amount: str, now: datetime) -> UUID:
    real = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="EUR").id
    gaming = house_account(kind=AccountKind.GAMING, scope="sandbox", currency="EUR").id
    way = (real, gaming) if kind == TransactionKind.BET else (gaming, real)
    return transaction_post(
        kind=kind, movements=[Movement(*way, Decimal(amount))], actor="provider:sandbox", now=now,
        player_id=player.pk, reference="round 1",
    )  # fmt: skip


def rolled_back(player: Player, bet: UUID, amount: str, now: datetime) -> None:
    real = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="EUR").id
    gaming = house_account(kind=AccountKind.GAMING, scope="sandbox", currency="EUR").id
    transaction_post(
        kind=TransactionKind.ROLLBACK, movements=[Movement(gaming, real, Decimal(amount))], actor="provider:sandbox",
        now=now, player_id=player.pk, reference="round 1", original_id=bet,
    )  # fmt: skip


def _accounts(answer: Any) -> dict[str, Any]:
    return {account["kind"]: account for account in answer.json()["accounts"]}


def test_opening_and_movements_make_the_closing(alice: Caller) -> None:
    player, now = Player.objects.get(), utc_now()
    deposit(player, "100", now - timedelta(days=200))
    deposit(player, "50.05", now - timedelta(days=2))
    play(player, TransactionKind.BET, "20", now - timedelta(days=1))
    play(player, TransactionKind.WIN, "7.5", now - timedelta(days=1))
    withdraw(player, "30", now - timedelta(hours=1))
    three = _accounts(alice.get("statement?months=3"))["player_real"]
    assert (three["opening"], three["moved"], three["closing"]) == ("100.00", "7.55", "107.55")
    assert {one["kind"]: one["amount"] for one in three["movements"]} == {
        "deposit": "50.05", "bet": "-20.00", "win": "7.50", "hold": "-30.00",
    }  # fmt: skip
    year = _accounts(alice.get("statement?months=12"))
    assert (year["player_real"]["opening"], year["player_real"]["closing"]) == ("0.00", "107.55")
    assert (year["player_hold"]["moved"], year["player_hold"]["closing"]) == ("0.00", "0.00")


def test_lines_come_by_pages_and_sum_up_to_the_closing(alice: Caller) -> None:
    player, now = Player.objects.get(), utc_now()
    deposit(player, "1000", now - timedelta(days=3))
    for _ in range(230):
        play(player, TransactionKind.BET, "1.01", now - timedelta(days=2))
    told = alice.get("statement").json()
    account = told["accounts"][0]
    period = f"start={told['start']}&end={told['end']}"
    first = alice.get(f"statement/{account['account_id']}/lines?{period}").json()
    second = alice.get(f"statement/{account['account_id']}/lines?{period}&after={first['next']}").json()
    lines = first["items"] + second["items"]
    assert (len(first["items"]), len(lines), first["line_count"], second["next"]) == (200, 231, 231, None)
    total = Decimal(first["opening"]) + sum(Decimal(line["amount"]) for line in lines)
    assert total == Decimal(account["closing"]) == Decimal(lines[-1]["balance_after"])


def test_nobody_reads_another_players_account(alice: Caller) -> None:
    bob = Player.objects.create(
        public_id="pl_bob", brand=brand_with_terms(), nickname="Bob", currency="EUR", country="MT", jurisdiction="MT",
        created_at=NOON,
    )  # fmt: skip
    deposit(bob, "5", utc_now())
    bobs = accounts_in_period(player_id=bob.pk, start=NOON, end=utc_now())[0].account_id
    period = "start=2026-01-01T00:00:00Z&end=2026-12-01T00:00:00Z"
    assert alice.get(f"statement/{bobs}/lines?{period}").status_code == 404


@pytest.mark.parametrize("query", ["months=0", "months=13", "months=x", "months=-1", "months=99999999999999999999"])
def test_impossible_periods_are_refused(alice: Caller, query: str) -> None:
    assert alice.get(f"statement?{query}").status_code == 400


def test_net_deposits_are_of_the_whole_life_and_leave_out_what_was_taken_back(alice: Caller) -> None:
    player, now = Player.objects.get(), utc_now()
    mistaken = deposit(player, "500", now - timedelta(days=900))
    transaction_reverse(transaction_id=mistaken, actor="staff:1", reason="not theirs", now=now)
    deposit(player, "200", now - timedelta(days=800))
    deposit(player, "100", now)
    withdraw(player, "120", now)
    bank = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    player_take_back(
        kind=TransactionKind.CHARGEBACK, player_id=player.pk, currency="EUR", target_id=bank.id, amount=Decimal(50),
        actor="psp:bank", now=now, reference="chargeback",
    )  # fmt: skip
    told = alice.get("net-deposits").json()
    assert (told["deposits"], told["withdrawals"], told["net"]) == ("250.00", "120.00", "130.00")
    assert told["complete"] is True
    assert told["since"][:10] == player.created_at.date().isoformat()


def test_the_position_is_of_this_sign_in_in_money_and_time(alice: Caller) -> None:
    player = Player.objects.get()
    deposit(player, "100", utc_now())
    with time_machine.travel(utc_now() + timedelta(minutes=10), tick=False) as clock:
        play(player, TransactionKind.BET, "40", utc_now() - timedelta(minutes=15))
        assert alice.sign_in().status_code == 201
        clock.shift(timedelta(minutes=20, seconds=5))
        play(player, TransactionKind.BET, "10", utc_now())
        undone = play(player, TransactionKind.BET, "5", utc_now())
        rolled_back(player, undone, "5", utc_now())
        play(player, TransactionKind.WIN, "2.50", utc_now())
        clock.shift(timedelta(seconds=1))
        told = alice.get("session/position").json()
    assert (told["staked"], told["won"], told["net"]) == ("10.00", "2.50", "-7.50")
    assert (told["elapsed_seconds"], told["elapsed"]) == (1206, "0:20:06")


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 11, 20), 3, date(2026, 8, 20)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
    ],
)
def test_months_end_where_a_month_is_short(day: date, months: int, first: date) -> None:
    assert months_back(day, months) == first


def test_a_period_begins_at_the_players_midnight_also_across_a_change_of_clocks() -> None:
    until = datetime(2026, 11, 20, 3, tzinfo=UTC)  # still 19 November in New York, and summer time in August
    period = statement_period(months=3, time_zone="America/New_York", until=until)
    assert period.start == datetime(2026, 8, 19, 4, tzinfo=UTC)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["deposit", "bet", "win", "hold", "release", "withdraw", "undo"]),
        st.decimals(min_value="0.01", max_value="50", places=2),
        st.integers(0, 400),
    ),
    max_size=25,
)


@given(steps=STEPS, start=st.integers(0, 400), length=st.integers(0, 400))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_happened_every_period_reconciles_to_the_cent(
    db: None, steps: list[tuple[str, Decimal, int]], start: int, length: int
) -> None:
    with transaction.atomic():
        player = Player.objects.create(
            public_id="pl_any", brand=brand_with_terms(), nickname="Any", currency="EUR", country="MT",
            jurisdiction="MT", created_at=NOON,
        )  # fmt: skip
        deposit(player, "2000", NOON)
        _happen(player, sorted(steps, key=lambda step: step[2]))
        since, until = NOON + timedelta(hours=start), NOON + timedelta(hours=start + length)
        for account in accounts_in_period(player_id=player.pk, start=since, end=until):
            assert account.opening + account.moved == account.closing
            whole = statement(account.account_id, since, until, limit=1000)
            assert (whole.opening, whole.closing) == (account.opening, account.closing)
            assert sum((line.amount for line in whole.lines), Decimal(0)) == account.moved
        transaction.set_rollback(True)


def _happen(player: Player, steps: list[tuple[str, Decimal, int]]) -> None:
    holds, booked = [], []
    for what, amount, hours in steps:
        now = NOON + timedelta(hours=hours)
        if what == "deposit":
            booked.append(deposit(player, str(amount), now))
        elif what in {"bet", "win"}:
            play(player, TransactionKind(what), str(amount), now)
        elif what == "hold":
            holds.append(
                hold_place(player_id=player.pk, currency="EUR", amount=amount, reason="w", actor="player", now=now)
            )
        elif what == "release" and holds:
            hold_release(hold_id=holds.pop().pk, actor="player", now=now)
        elif what == "withdraw":
            withdraw(player, str(amount), now)
        elif what == "undo" and booked:
            transaction_reverse(transaction_id=booked.pop(), actor="staff:1", reason="void", now=now)
