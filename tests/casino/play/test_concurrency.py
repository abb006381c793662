"""Calls that meet at one wallet, with real connections: each is booked once, and nothing is spent twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection

from casino.play.models import Leg
from tests.casino.play.table import Table, code_of, new_id, said, seat, table_make
from tests.casino.play.together import together
from tests.factories import deposit_make
from tests.wallet.verification.quiet import everything_verified
from wallet.models import RecordedAnswer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table() -> Iterator[Table]:
    """Alice with 100.00 EUR; her books are proved at the end."""
    yield table_make("100")
    everything_verified()


def test_ten_identical_bets_are_one_debit_and_ten_identical_answers(table: Table) -> None:
    answers = together([partial(table.bet, "10", call_id="same") for _ in range(10)])
    assert table.balance() == Decimal(90)
    assert {answer.body for answer in answers} == {answers[0].body}
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 9
    assert Leg.objects.count() == 1


def test_a_bet_and_its_own_rollback_leave_the_balance_whichever_comes_first(table: Table) -> None:
    outcomes: Counter[tuple[str, str]] = Counter()
    for number in range(100):
        bet = partial(table.bet, "10", f"r{number}", call_id=f"bet-{number}")
        rollback = partial(table.rollback, f"bet-{number}")
        works = [bet, rollback] if random.random() < 0.5 else [rollback, bet]
        for answer in together(works):
            outcomes[code_of(answer), str(said(answer).get("original"))] += 1
        assert table.balance() == Decimal(100)
    booked, refused = outcomes["ok", "None"], outcomes["transaction_rolled_back", "None"]
    assert booked == outcomes["ok", "reversed"]
    assert refused == outcomes["ok", "not_found"]
    assert booked + refused == 100


def test_the_last_euro_is_staked_once() -> None:
    table = table_make("1")
    answers = together([partial(table.bet, "1", "r1"), partial(table.bet, "1", "r2")])
    assert sorted(map(code_of, answers)) == ["insufficient_funds", "ok"]
    assert table.balance() == Decimal(0)
    everything_verified()


def test_of_ten_bets_with_funds_for_five_five_are_booked() -> None:
    table = table_make("5")
    answers = together([partial(table.bet, "1", f"r{number}") for number in range(10)])
    assert Counter(map(code_of, answers)) == {"ok": 5, "insufficient_funds": 5}
    assert table.balance() == Decimal(0)
    told = sorted(Decimal(said(answer)["balance"]["real"]) for answer in answers if code_of(answer) == "ok")
    assert told == [Decimal(n) for n in range(5)], "each answer tells the balance that it left"
    everything_verified()


def test_wins_that_come_together_are_all_paid(table: Table) -> None:
    table.bet("10")
    answers = together([partial(table.win, "3.5") for _ in range(10)])
    assert set(map(code_of, answers)) == {"ok"}
    assert table.balance() == Decimal(125)


def test_one_win_taken_back_by_five_rollbacks_comes_back_once(table: Table) -> None:
    table.bet("10")
    table.win("50", call_id="mistake")
    answers = together([partial(table.rollback, "mistake") for _ in range(5)])
    assert Counter(said(answer)["original"] for answer in answers) == {"reversed": 1, "already_reversed": 4}
    assert table.balance() == Decimal(90)


def test_deposits_and_bets_pass_each_other(table: Table) -> None:
    works: list[Callable[[], object]] = [partial(deposit_make, table.player, "2") for _ in range(5)]
    works += [partial(table.bet, "3", f"r{number}") for number in range(5)]
    together(works)
    assert table.balance() == Decimal(95)


def test_one_id_used_for_two_players_is_booked_for_one(table: Table) -> None:
    bob = seat(table.game, "Bob")
    answers = together([partial(table.bet, "10", call_id="one"), partial(bob.bet, "10", call_id="one")])
    assert sorted(map(code_of, answers)) == ["idempotency_conflict", "ok"]
    assert table.balance() + bob.balance() == Decimal(190)


def test_one_id_of_a_bet_and_a_rollback_is_one_of_them(table: Table) -> None:
    table.bet("10", call_id="earlier")
    bet, rollback = partial(table.bet, "5", "r2", call_id="one"), partial(table.rollback, "earlier", call_id="one")
    answers = together([bet, rollback])
    assert sorted(map(code_of, answers)) == ["idempotency_conflict", "ok"]


def test_a_rollback_by_another_player_and_the_late_bet_move_nothing_twice(table: Table) -> None:
    bob = seat(table.game, "Bob")
    for number in range(20):
        late = f"late-{number}"
        bet, rollback = together([partial(table.bet, "1", call_id=late), partial(bob.rollback, late)])
        assert (code_of(bet), code_of(rollback)) in {("ok", "player_mismatch"), ("transaction_rolled_back", "ok")}
    assert bob.balance() == Decimal(100)


def test_a_wallet_that_is_locked_too_long_is_busy_and_consumes_no_id(table: Table) -> None:
    call_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT id FROM wallet_account WHERE player_id = %s FOR NO KEY UPDATE", [table.player.pk])
        (answer,) = together([partial(impatient, table, call_id)])
        cursor.execute("ROLLBACK")
    assert (answer[0], answer[1]) == (503, "busy")
    assert not RecordedAnswer.objects.filter(provider_transaction_id=call_id).exists()
    assert code_of(table.bet("10", call_id=call_id)) == "ok"


def impatient(table: Table, call_id: str) -> tuple[int, str]:
    """A bet on a connection that waits 100 ms for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    answer = table.bet("10", call_id=call_id)
    assert said(answer)["error"]["class"] == "retry"
    assert answer.retry_after > 0
    return answer.status, code_of(answer)


def test_another_players_lock_is_waited_for_by_nobody(table: Table) -> None:
    bob = seat(table.game, "Bob")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT id FROM wallet_account WHERE player_id = %s FOR NO KEY UPDATE", [table.player.pk])
        (answer,) = together([partial(impatient_bet, bob)])
        cursor.execute("ROLLBACK")
    assert answer == "ok"


def impatient_bet(table: Table) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    return code_of(table.bet("10"))
