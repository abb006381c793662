"""`manage.py demo`: it says what is wrong in one line, plays when nothing is, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.services.processes import wait_until
from common.services.stack import running_services
from common.services.valkey import free_port
from tests.platform.conftest import CHECKOUT

Manage = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize("port", ["web", "0", "65536", "-1", "8000.5"])
def test_a_wrong_port_is_one_line(port: str, manage: Manage) -> None:
    ended = manage("demo", f"--port={port}")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr
    assert ended.stderr.startswith("PORT=")


@pytest.mark.parametrize("rate", ["fast", "nan", "-1", "inf"])
def test_a_wrong_rate_is_one_line(rate: str, manage: Manage) -> None:
    ended = manage("demo", f"--rate={rate}")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr
    assert ended.stderr.startswith("RATE=")


def test_a_taken_port_is_one_line_before_anything_is_started(manage: Manage, var: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = manage("demo", f"--port={port}")
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} is taken: choose another with `make demo PORT={port + 1}`.\n"
    assert ended.stdout == ""
    assert not (var / "log" / "postgres.log").exists()


def test_a_database_that_does_not_answer_is_one_line(manage: Manage) -> None:
    nowhere = {"DATABASE_URL": "postgres://casino@127.0.0.1:1/casino", "REDIS_URL": "redis://127.0.0.1:1/0"}
    ended = manage("demo", f"--port={free_port()}", **nowhere)
    assert ended.returncode == 1
    assert ended.stderr.startswith("DATABASE_URL: PostgreSQL cannot be used")
    assert ended.stderr.count("\n") == 1


class Demo:
    """A demonstration in a process of its own."""

    def __init__(self, var: Path, environment: dict[str, str]) -> None:
        self.var = var
        self.port = free_port()
        self.output = var / "demo.out"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [str(CHECKOUT / ".venv/bin/python"), "manage.py", "demo", f"--port={self.port}", "--rate=20"],
                cwd=CHECKOUT,
                env=environment | {"VAR_DIR": str(var)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def is_playing(self) -> bool:
        return wait_until(
            lambda: "Ctrl-C stops everything" in self.said() or self.process.poll() is not None, seconds=90
        ) and (self.process.poll() is None)

    def children(self) -> list[int]:
        """Every process that works in this demonstration's `var`."""
        mark = f"VAR_DIR={self.var}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != self.process.pid:
                try:
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        found.append(int(folder.name))
                except OSError:
                    continue
        return found


@pytest.fixture
def demo(var: Path, clean_environment: dict[str, str]) -> Iterator[Demo]:
    """Running, and ended after the test whatever happened."""
    running = Demo(var, clean_environment)
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGINT)
    running.process.wait(60)


def test_the_demonstration_plays_stops_on_ctrl_c_and_starts_again_on_kept_data(
    demo: Demo, clean_environment: dict[str, str]
) -> None:
    assert demo.is_playing(), demo.said()
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/api/wallet/v1/ping", timeout=10) as answer:
        assert answer.status == 200
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/admin/login/", timeout=10) as page:
        assert b"csrfmiddlewaretoken" in page.read()
    time.sleep(3)
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(60) == 0, demo.said()
    assert wait_until(lambda: demo.children() == [], seconds=10)
    assert running_services(demo.var) == {}
    again = Demo(demo.var, clean_environment)
    try:
        assert again.is_playing(), again.said()
    finally:
        again.process.kill()
        again.process.wait()
    assert wait_until(lambda: again.children() == [], seconds=30), "kill -9 leaves nothing running"


def test_a_member_that_dies_is_named_and_everything_stops(demo: Demo) -> None:
    assert demo.is_playing(), demo.said()
    beat = next(pid for pid in demo.children() if b"beat" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))
    os.kill(beat, signal.SIGKILL)
    assert demo.process.wait(60) == 1
    assert "beat ended with code -9" in demo.said()
    assert wait_until(lambda: demo.children() == [], seconds=10)
