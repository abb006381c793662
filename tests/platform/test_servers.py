"""The servers that other tests kill: they come back with what was committed."""

import urllib.error
import urllib.request

import psycopg
import pytest

from common.services.postgres import OWNER, WEB, PostgresServer
from tests.servers import GranianServer


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
