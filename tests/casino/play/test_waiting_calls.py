"""Calls that wait for the wallet's lock decide by what was committed while they waited."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from casino.play.enums import WinKind
from casino.play.types import Answer, Caller
from common.ids import public_id
from compliance.models import Restriction
from players.models import Player
from tests.casino.play.table import Table, code_of, said, table_make
from tests.factories import NOON
from tests.wallet.verification.quiet import everything_verified
from wallet.locks import wallet_lock

Owner = psycopg.Connection[Any]
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def queued(owner: Owner, table: Table, works: list[Callable[[], Answer]]) -> Iterator[list[Future[Answer]]]:
    """Start the works one behind the other while the wallet's row is held; it is released at the end of the block."""

    def run(work: Callable[[], Answer]) -> Answer:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(works)) as pool, transaction.atomic():
        wallet_lock(player_id=table.player.pk, currency=table.player.currency)
        futures = []
        for waiting, work in enumerate(works, start=1):
            futures.append(pool.submit(run, work))
            until_waiting(owner, waiting)
        yield futures


def until_waiting(owner: Owner, count: int) -> None:
    """Wait until so many backends of this database stand at a lock; only the owner sees what others wait for."""
    deadline = time.monotonic() + 1.5
    while time.monotonic() < deadline:
        waiting = owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
        owner.rollback()
        if waiting is not None and waiting[0] >= count:
            return
        time.sleep(0.01)
    raise AssertionError(f"{count} calls were not waiting in time")


def test_a_win_behind_the_reversal_that_opened_the_receivable_repays_it(owner_connection: Owner) -> None:
    table = table_make("10")
    table.bet("10")
    table.win("50", call_id="mistake")
    table.bet("50", "r2")
    works: list[Callable[[], Answer]] = [lambda: table.rollback("mistake"), lambda: table.win("30", "r2")]
    with queued(owner_connection, table, works) as futures:
        pass
    assert [code_of(future.result()) for future in futures] == ["ok", "ok"]
    assert said(futures[1].result())["balance"]["real"] == "0.00"
    assert table.owed() == Decimal(20)
    everything_verified()


def test_a_bet_that_waits_is_stopped_by_an_exclusion_placed_meanwhile(owner_connection: Owner) -> None:
    table = table_make("100")
    with queued(owner_connection, table, [lambda: table.bet("10")]) as futures:
        Restriction.objects.create(
            player=table.player, kind="self_excluded", starts_at=datetime.now(UTC), reason="asked", placed_by="staff:1"
        )
    assert code_of(futures[0].result()) == "self_excluded"
    assert table.balance() == Decimal(100)


def test_a_prize_is_paid_to_a_player_who_had_no_account_yet() -> None:
    table = table_make("100")
    bare = Player.objects.create(
        public_id=public_id("pl"), brand=table.player.brand, nickname="Dora", currency="EUR", country="MT",
        jurisdiction="MT", created_at=NOON,
    )  # fmt: skip
    doras = Table(game=table.game, player=bare, session="none")
    assert code_of(doras.win("25", kind=WinKind.PROMO)) == "ok"
    assert doras.balance() == Decimal(25)
    everything_verified()


def test_the_sandbox_provider_does_not_know_real_players() -> None:
    table = table_make("100")
    table.caller = Caller(provider_id=table.caller.provider_id, code=table.caller.code, is_sandbox=True)
    for answer in (table.bet("1"), table.win("1000", kind=WinKind.PROMO), table.rollback("nothing")):
        assert code_of(answer) == "player_not_found"
    assert table.balance() == Decimal(100)
