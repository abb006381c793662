"""The servers that other tests kill: they come back with what was committed."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from common.services.postgres import OWNER, WEB, PostgresServer
from common.services.processes import wait_until
from tests.platform.conftest import alive
from tests.servers import CHECKOUT, GranianServer

SERVES = """
import os, sys, time
from pathlib import Path
from tests.servers import GranianServer
server = GranianServer(log=Path(sys.argv[1]), environment=dict(os.environ))
server.start()
print(server.process.pid, flush=True)
time.sleep(60)
"""


def status(server: GranianServer) -> int:
    try:
        with urllib.request.urlopen(f"{server.url}/api/wallet/v1/ping", timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code


def test_granian_serves_the_test_database_and_comes_back_after_kill_minus_nine(granian_server: GranianServer) -> None:
    assert status(granian_server) < 500
    granian_server.kill()
    with pytest.raises(urllib.error.URLError):
        status(granian_server)
    granian_server.start()
    assert status(granian_server) < 500


def test_a_private_postgres_keeps_what_was_committed_over_kill_minus_nine(private_postgres: PostgresServer) -> None:
    with psycopg.connect(private_postgres.url(OWNER)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    private_postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(private_postgres.url(WEB), connect_timeout=2)
    private_postgres.start()
    with psycopg.connect(private_postgres.url(OWNER)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
@pytest.mark.parametrize("killed", ["the tests", "the server's first process"])
def test_servers_of_tests_outlive_neither_a_killed_run_nor_their_first_process(killed: str, tmp_path: Path) -> None:
    boss = subprocess.Popen(
        [sys.executable, "-c", SERVES, str(tmp_path / "log")], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert boss.stdout is not None
    main = int(boss.stdout.readline())
    workers = [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split()]
    assert workers
    os.kill(workers[0], signal.SIGSTOP)  # as a worker whose request hangs: it heeds no wish to stop
    os.kill(boss.pid if killed == "the tests" else main, signal.SIGKILL)
    assert wait_until(lambda: not any(map(alive, workers)), seconds=10)
    boss.kill()
    boss.communicate()
    assert wait_until(lambda: not alive(main), seconds=10)
