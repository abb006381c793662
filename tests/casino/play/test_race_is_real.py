"""The locks and the gate are what keeps the promises of test_concurrency: asserted in SQL, and taken away once each."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casino.jackpots.selectors.jackpots import jackpot_locked
from casino.play.situation import LOAD
from common.database.money_transaction import MoneyTransaction
from common.database.pipeline import Statement
from tests.casino.play.table import Table, code_of, seat, table_make
from tests.casino.play.together import together
from wallet.locks import accounts_lock, wallet_lock
from wallet.services.holds import hold_place

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]
Copies = Callable[..., Statement]
LOCK = re.compile(r"FOR NO KEY UPDATE(?: OF \w+)?")


@pytest.fixture
def functions(owner_connection: Owner) -> Iterator[Copies]:
    """Copies of play_situation with or without its lock, each slow enough for calls to meet in it."""
    made: list[str] = []

    def copy(*, locked: bool) -> Statement:
        row = owner_connection.execute("SELECT pg_get_functiondef('play_situation'::regproc)").fetchone()
        assert row is not None
        assert LOCK.search(row[0])
        made.append(f"play_situation_copy_{len(made)}")
        text = row[0].replace("public.play_situation(", f"public.{made[-1]}(")
        text = text if locked else LOCK.sub("", text)
        owner_connection.execute(text.replace("RETURN s;\nEND", "PERFORM pg_sleep(0.5); RETURN s;\nEND").encode())
        return Statement(made[-1], LOAD.query.decode().replace("play_situation", made[-1]))

    yield copy
    for name in made:
        owner_connection.execute(f"DROP FUNCTION {name}".encode())


@pytest.fixture
def no_gate(owner_connection: Owner) -> Iterator[None]:
    """Answers without their primary key, which is put back after the doubles are gone."""
    owner_connection.execute("ALTER TABLE wallet_recordedanswer DROP CONSTRAINT wallet_recordedanswer_pkey")
    yield
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute("DELETE FROM wallet_recordedanswer")
    owner_connection.execute(
        "ALTER TABLE wallet_recordedanswer ADD CONSTRAINT wallet_recordedanswer_pkey"
        " PRIMARY KEY (provider_id, provider_transaction_id)"
    )


def use(monkeypatch: pytest.MonkeyPatch, load: Statement) -> None:
    """Have calls load their situation by another function."""
    for name in ("LOAD",):
        monkeypatch.setattr(f"casino.play.services.calls.{name}", load)


def two_bets_for_the_last_euro() -> list[str]:
    table = table_make("1")
    answers = together([partial(table.bet, "1", "r1"), partial(table.bet, "1", "r2")])
    assert table.balance() == Decimal(0)
    return sorted(map(code_of, answers))


def test_with_the_lock_two_bets_for_the_last_euro_are_decided_at_the_first_attempt(
    monkeypatch: pytest.MonkeyPatch, functions: Copies
) -> None:
    use(monkeypatch, functions(locked=True))
    monkeypatch.setattr("casino.play.services.calls.ATTEMPTS", 1)
    assert two_bets_for_the_last_euro() == ["insufficient_funds", "ok"]


def test_without_the_lock_both_think_that_they_have_it_and_only_a_guard_stops_the_second(
    monkeypatch: pytest.MonkeyPatch, functions: Copies
) -> None:
    use(monkeypatch, functions(locked=False))
    monkeypatch.setattr("casino.play.services.calls.ATTEMPTS", 1)
    assert two_bets_for_the_last_euro() == ["ok", "temporarily_unavailable"]


def test_without_the_gate_one_id_debits_two_players(no_gate: None, owner_connection: Owner) -> None:
    table = table_make("100")
    bob = seat(table.game, "Bob")
    answers = together([partial(table.bet, "10", call_id="one"), partial(bob.bet, "10", call_id="one")])
    assert [code_of(answer) for answer in answers] == ["ok", "ok"]
    assert table.balance() + bob.balance() == Decimal(180)


def test_without_lock_and_gate_a_bet_survives_its_rollback(
    no_gate: None, monkeypatch: pytest.MonkeyPatch, functions: Copies
) -> None:
    use(monkeypatch, functions(locked=False))
    table = table_make("100")
    together([partial(table.bet, "10", call_id="bet"), partial(table.rollback, "bet")])
    assert table.balance() == Decimal(90), "the rollback found nothing and the bet stayed"


@pytest.mark.parametrize(("clause", "survives"), [("", False), ("FOR NO KEY UPDATE", True)])
def test_a_balance_read_and_written_back_loses_bets_unless_it_is_locked(
    owner_connection: Owner, clause: str, survives: bool
) -> None:
    owner_connection.execute("CREATE TABLE naive_wallet AS SELECT 100::numeric AS balance")
    owner_connection.execute("GRANT SELECT, UPDATE ON naive_wallet TO casino_app")

    def naive_bet() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT balance FROM naive_wallet {clause}")
            (balance,) = cursor.fetchone() or (0,)
            time.sleep(0.02)
            cursor.execute("UPDATE naive_wallet SET balance = %s", [balance - 10])

    try:
        together([naive_bet] * 10)
        row = owner_connection.execute("SELECT balance FROM naive_wallet").fetchone()
        assert row is not None
        assert (row[0] == 0) is survives
    finally:
        owner_connection.execute("DROP TABLE naive_wallet")


def test_the_situation_is_loaded_behind_the_lock_of_the_wallet_row(owner_connection: Owner) -> None:
    row = owner_connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'play_situation'").fetchone()
    assert row is not None
    locking, _answer, later = row[0].partition("FROM wallet_recordedanswer")
    first = next(part for part in locking.split(";") if "SELECT" in part)
    assert "kind = 'player_real'" in first
    assert LOCK.search(first)
    assert not LOCK.search(later), "every lock is taken before anything is looked up"


def test_the_lock_is_held_until_the_call_ends_and_for_one_player_only(owner_connection: Owner) -> None:
    table = table_make("100")
    bob = seat(table.game, "Bob")
    money = MoneyTransaction()
    money.begin_with(LOAD, [table.caller.provider_id, "x", table.player.public_id, None, None, None, None, table.now])
    locked = "SELECT 1 FROM wallet_account WHERE player_id = %s FOR NO KEY UPDATE NOWAIT"
    with pytest.raises(psycopg.errors.LockNotAvailable):
        owner_connection.execute(locked, [table.player.pk])
    owner_connection.execute(locked, [bob.player.pk])
    money.abandon()
    owner_connection.execute(locked, [table.player.pk])


def locking_queries(work: Callable[[], object]) -> list[str]:
    """The statements of a piece of work that lock rows."""
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        work()
    return [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"] or "FOR UPDATE" in query["sql"]]


def test_accounts_are_locked_in_one_order_real_money_first(table: Table) -> None:
    (sql,) = locking_queries(lambda: accounts_lock(account_ids=[3, 1, 2]))
    assert "ORDER BY kind <> 'player_real', id FOR NO KEY UPDATE" in sql
    assert "balance IS NOT NULL" in sql, "house accounts are never locked"


def test_the_wallet_is_locked_before_anything_else_of_the_player(table: Table) -> None:
    wallet_sql, accounts_sql = locking_queries(partial(
        hold_place, player_id=table.player.pk, currency="EUR", amount=Decimal(1), reason="x", actor="x", now=table.now,
    ))  # fmt: skip
    assert "kind = 'player_real'" in wallet_sql
    assert "ORDER BY kind <> 'player_real', id" in accounts_sql
    assert len(locking_queries(lambda: wallet_lock(player_id=table.player.pk, currency="EUR"))) == 1


def test_wins_of_a_jackpot_wait_for_each_other(table: Table) -> None:
    (sql,) = locking_queries(lambda: jackpot_locked(provider_id=1, code="pool"))
    assert sql.endswith("FOR NO KEY UPDATE OF j")


@pytest.fixture
def table() -> Table:
    return table_make("100")
