"""Services of a test's own, in a folder that is removed with everything in it."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.services.account import server_account
from common.services.places import Places
from common.services.postgres import OWNER, WEB, PostgresServer
from common.services.processes import wait_until
from common.services.stack import Stack, running_services

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SERVER_NAMES = ("PG", "DATABASE_", "REDIS_", "VAR_DIR", "DB_AS_OWNER", "SECRET_KEY", "DEBUG", "SANDBOX", "VALKEY_BIN")


def alive(process: int) -> bool:
    """Whether a process lives; one that nobody has reaped yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def var() -> Iterator[Path]:
    """An empty `var` folder that the servers' account can reach; its services are ended afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="casino-var-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    if pid := running_services(folder).get("supervisor"):
        os.kill(int(pid), signal.SIGTERM)
    places = Places(folder)
    wait_until(lambda: not Stack(folder).alive(), seconds=20)
    shutil.rmtree(places.data(server_account()), ignore_errors=True)
    shutil.rmtree(places.sockets(server_account()), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def stack(var: Path) -> Iterator[Stack]:
    """Services that this test may start, kill and leave."""
    ours = Stack(var)
    yield ours
    ours.leave()


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """Our environment without anything that names a server or setting."""
    return {name: value for name, value in os.environ.items() if not name.startswith(SERVER_NAMES)}


@pytest.fixture
def manage(clean_environment: dict[str, str], var: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run one manage.py command with a chosen environment, on a `var` folder of the test's own."""

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(CHECKOUT / ".venv/bin/python"), "manage.py", *arguments],
            cwd=CHECKOUT,
            env=clean_environment | {"VAR_DIR": str(var)} | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def migrated_nothing(private_postgres: PostgresServer) -> dict[str, str]:
    """The environment of an empty database of one's own."""
    return {
        "DATABASE_URL": private_postgres.url(WEB),
        "DATABASE_OWNER_URL": private_postgres.url(OWNER),
        "REDIS_URL": os.environ["REDIS_URL"],
        "SECRET_KEY": "only-for-tests",
    }
