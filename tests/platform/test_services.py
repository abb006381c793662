"""The launcher: PostgreSQL and Valkey start, are shared, survive and end, whatever is killed."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from common.services.account import server_account
from common.services.binaries import bundled_postgres_bin
from common.services.errors import ServicesError
from common.services.places import Places
from common.services.processes import wait_until
from common.services.stack import Stack, running_services
from tests.platform.conftest import CHECKOUT, alive

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


def ask(url: str, query: str) -> tuple[Any, ...]:
    with psycopg.connect(url, connect_timeout=5) as connection:
        return connection.execute(query.encode()).fetchone() or ()


def postmaster(var: Path) -> int:
    """PostgreSQL's main process, by its own file."""
    return int((Places(var).data(server_account()) / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def answers(url: str) -> bool:
    try:
        return ask(url, "SELECT 1") == (1,)
    except psycopg.OperationalError:
        return False


def test_both_servers_start_with_their_logins_and_stop_when_nobody_uses_them(stack: Stack) -> None:
    described = stack.join()
    assert ask(described["DATABASE_URL"], "SELECT current_user, current_database()") == ("casino_web", "casino")
    assert ask(described["DATABASE_URL"], "SELECT pg_has_role('casino_web', 'casino_app', 'SET')") == (True,)
    assert ask(described["DATABASE_OWNER_URL"], "SELECT usesuper FROM pg_user WHERE usename = current_user") == (True,)
    assert ask(described["DATABASE_URL"], "SELECT current_setting('fsync'), current_setting('synchronous_commit')") == (
        "on",
        "on",
    )
    assert redis.Redis.from_url(described["REDIS_URL"]).ping()
    process = postmaster(stack.var)
    assert stack.leave()
    assert not alive(process)
    assert running_services(stack.var) == {}


def test_their_description_and_password_are_for_their_owner_only(stack: Stack) -> None:
    described = stack.join()
    assert stat.S_IMODE(stack.places.devstack.stat().st_mode) == 0o600
    assert stat.S_IMODE(stack.places.valkey_secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(stack.places.sockets(server_account()).stat().st_mode) == 0o700
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=int(described["REDIS_URL"].rpartition(":")[2].partition("/")[0])).ping()


def test_a_second_user_shares_them_and_keeps_them_when_the_first_leaves(stack: Stack) -> None:
    first = stack.join()
    second = Stack(stack.var)
    assert second.join() == first
    assert not stack.leave()
    time.sleep(1.5)
    assert answers(first["DATABASE_URL"])
    assert second.leave()


def test_many_processes_that_start_at_once_get_the_same_servers(var: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from common.services.stack import Stack;"
        "print(Stack(Path(sys.argv[1])).join()['supervisor']); sys.stdout.flush(); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(var)]
    users = [
        subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    seen = {user.stdout.readline().strip() for user in users if user.stdout}
    for user in users:
        user.communicate()
    assert len(seen) == 1
    assert seen != {""}


def test_killing_their_only_user_with_minus_nine_ends_them(var: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from common.services.stack import Stack;"
        "s = Stack(Path(sys.argv[1])); s.join(); print('up', flush=True); time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", program, str(var)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None
    assert user.stdout.readline() == "up\n"
    process = postmaster(var)
    user.kill()
    user.communicate()
    assert wait_until(lambda: not alive(process), seconds=20)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_killing_the_supervisor_with_minus_nine_shuts_postgres_down_cleanly_and_the_next_user_starts_anew(
    stack: Stack,
) -> None:
    described = stack.join()
    write_rows(described["DATABASE_OWNER_URL"])
    process = postmaster(stack.var)
    os.kill(int(described["supervisor"]), signal.SIGKILL)
    assert wait_until(lambda: not alive(process), seconds=20)
    assert stack.places.devstack.exists(), "the stale file is what this test is about"
    assert running_services(stack.var) == {}
    again = Stack(stack.var)
    fresh = again.join()
    assert fresh["supervisor"] != described["supervisor"]
    assert fresh["REDIS_URL"] == described["REDIS_URL"], "clients outlive a restart"
    assert ask(fresh["DATABASE_OWNER_URL"], "SELECT count(*) FROM kept") == (10_000,)
    assert "database system was not properly shut down" not in (stack.places.logs / "postgres.log").read_text()
    again.leave()


def test_killing_the_postmaster_with_minus_nine_loses_nothing_and_the_supervisor_starts_it_again(stack: Stack) -> None:
    described = stack.join()
    write_rows(described["DATABASE_OWNER_URL"])
    process = postmaster(stack.var)
    os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: not alive(process) and answers(described["DATABASE_URL"]), seconds=30)
    assert ask(described["DATABASE_OWNER_URL"], "SELECT count(*) FROM kept") == (10_000,)
    assert running_services(stack.var)["DATABASE_URL"] == described["DATABASE_URL"]


def write_rows(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 10000) AS n")


def test_valkey_killed_with_minus_nine_is_started_again_at_the_same_address(stack: Stack) -> None:
    described = stack.join()
    process = valkey_process(described["REDIS_URL"])
    os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: valkey_process(described["REDIS_URL"]) not in {0, process}, seconds=10)


def valkey_process(url: str) -> int:
    """Valkey's process, 0 when it does not answer."""
    try:
        return int(redis.Redis.from_url(url).info("server")["process_id"])
    except redis.ConnectionError:
        return 0


def test_an_interrupted_initdb_is_not_taken_for_a_cluster(stack: Stack) -> None:
    data = stack.places.data(server_account())
    for name in ("postgres.unfinished", "postgres"):
        (data / name / "base").mkdir(parents=True)
    (data / "postgres.unfinished" / "PG_VERSION").write_text("18\n")
    described = stack.join()
    assert answers(described["DATABASE_URL"])
    assert not (data / "postgres.unfinished").exists()


def test_a_cluster_of_another_version_is_moved_aside(stack: Stack) -> None:
    data = stack.places.data(server_account())
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "PG_VERSION").write_text("13\n")
    described = stack.join()
    assert answers(described["DATABASE_URL"])
    assert [path.name for path in data.glob("postgres-13-*")] != []


def test_valkey_moves_to_another_port_when_its_own_is_taken(stack: Stack) -> None:
    first = stack.join()
    stack.leave()
    known = json.loads(stack.places.valkey_secret.read_text())
    other = subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(known["port"])],
        cwd=stack.var,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(0.5)
        second = stack.join()
    finally:
        other.terminate()
        other.wait()
    assert second["REDIS_URL"] != first["REDIS_URL"]
    assert redis.Redis.from_url(second["REDIS_URL"]).ping()


@AS_ROOT
def test_root_behind_a_closed_home_copies_the_programs_to_where_nobody_can_run_them(stack: Stack) -> None:
    stack.var.chmod(0o700)
    described = stack.join()
    place = stack.places.data(server_account())
    assert not place.is_relative_to(stack.var)
    assert ask(described["DATABASE_OWNER_URL"], "SELECT current_setting('data_directory')") == (f"{place}/postgres",)
    stack.leave()
    shutil.rmtree(place)


@AS_ROOT
def test_neither_server_runs_as_root(stack: Stack) -> None:
    described = stack.join()
    processes = [postmaster(stack.var), valkey_process(described["REDIS_URL"])]
    assert {Path(f"/proc/{process}").stat().st_uid for process in processes} == {server_account().uid}


@AS_ROOT
def test_somebody_elses_directory_in_the_shared_place_is_refused_in_one_line(stack: Stack) -> None:
    squatted = stack.places.sockets(server_account())
    os.chown(squatted, 12345, 12345)
    with pytest.raises(ServicesError, match="belongs to somebody else") as refusal:
        stack.join()
    assert "\n" not in str(refusal.value)
    os.chown(squatted, 0, 0)


def test_a_wrong_program_folder_is_one_line(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere")
    with pytest.raises(ServicesError, match="PG_BIN=/nowhere has no program 'postgres'"):
        stack.join()
    assert not stack.alive()


def test_the_older_postgres_of_the_same_wheel_runs_with_our_migrations(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, manage: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    bundled = bundled_postgres_bin()
    assert bundled is not None
    monkeypatch.setenv("PG_BIN", str(bundled.parent.parent / "pginstall" / "bin"))
    described = stack.join()
    assert ask(described["DATABASE_URL"], "SELECT current_setting('server_version_num')::int / 10000") == (16,)
    servers = {name: described[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")}
    ended = manage("migrate", "--verbosity", "0", SECRET_KEY="only-for-tests", **servers)
    assert (ended.returncode, ended.stderr) == (0, "")
