"""What a process recorded outlives it, however it ends; the thread outlives the database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from casino.calls.models import ProviderCall
from casino.calls.services.calls import call_record, spool_writer
from casino.calls.spool.files import complete_files
from common.services.postgres import WEB, PostgresServer
from tests.casino.calls.conftest import ship
from tests.casino.calls.entries import bet_entry
from tests.servers import CHECKOUT, with_database


@contextmanager
def writer(
    spool: Path, *, database_url: str, calls: int, pause_seconds: float = 0.0, ship_ms: int = 0
) -> Iterator["subprocess.Popen[str]"]:
    environment = os.environ | {
        "CALL_LOG_SPOOL": str(spool.parent),
        "CALL_LOG_SHIP_MS": str(ship_ms),
        "DATABASE_URL": database_url,
        "DB_AS_OWNER": "0",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.casino.calls.writer_process", str(calls), str(pause_seconds)],
        cwd=CHECKOUT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lines_until(process: "subprocess.Popen[str]", last: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == last:
            return
    raise AssertionError(f"the writer ended before it said {last!r}")


def becomes_true(condition: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def this_database() -> str:
    return with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])


@pytest.mark.django_db(transaction=True)
def test_kill_9_of_the_writer_loses_nothing_that_it_recorded(spool: Path) -> None:
    with writer(spool, database_url=this_database(), calls=100_000) as process:
        lines_until(process, "2000")
        process.kill()
        assert process.stdout is not None
        said = [int(line) for line in process.stdout.read().splitlines() if line.isdigit()]
        process.wait()
    ship()
    known = set(ProviderCall.objects.values_list("provider_transaction_id", flat=True))
    assert known >= {f"tx-{number}" for number in range(max(said, default=2000))}
    assert ProviderCall.objects.count() == len(known)


@pytest.mark.django_db(transaction=True)
def test_the_thread_brings_calls_while_the_process_runs_and_the_rest_when_it_ends(spool: Path) -> None:
    with writer(spool, database_url=this_database(), calls=50, ship_ms=50) as process:
        lines_until(process, "done")
        assert becomes_true(lambda: ProviderCall.objects.count() == 50, seconds=10)
        process.communicate()
        assert process.returncode == 0


@pytest.mark.django_db(transaction=True)
def test_a_process_that_ends_at_once_ships_what_its_thread_had_no_time_for(spool: Path) -> None:
    with writer(spool, database_url=this_database(), calls=5, ship_ms=60_000) as process:
        lines_until(process, "done")
        process.communicate()
    assert ProviderCall.objects.count() == 5


def test_calls_of_a_database_outage_arrive_when_it_is_back(spool: Path, migrated_postgres: PostgresServer) -> None:
    url = migrated_postgres.url(WEB)

    def arrived() -> int:
        try:
            with psycopg.connect(url, connect_timeout=2) as database:
                row = database.execute("SELECT count(*) FROM calls_providercall").fetchone()
                return int(row[0]) if row else 0
        except psycopg.OperationalError:
            return -1

    with writer(spool, database_url=url, calls=60, pause_seconds=0.05, ship_ms=50) as process:
        assert becomes_true(lambda: arrived() > 0, seconds=10)
        migrated_postgres.kill()
        lines_until(process, "done")
        assert arrived() == -1
        migrated_postgres.start()
        assert becomes_true(lambda: arrived() == 60, seconds=20)


@pytest.mark.django_db(transaction=True)
def test_a_forked_child_writes_a_file_of_its_own_and_lets_go_of_its_parents(spool: Path) -> None:
    call_record(bet_entry(transaction_id="parent"))
    child = os.fork()
    if child == 0:
        call_record(bet_entry(transaction_id="child"))
        os._exit(0)
    os.waitpid(child, 0)
    assert len(complete_files(spool)) == 2
    assert ship().calls == 2
    assert set(ProviderCall.objects.values_list("provider_transaction_id", flat=True)) == {"parent", "child"}
    assert spool_writer.recorded >= 1
