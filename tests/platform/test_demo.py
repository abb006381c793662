"""`manage.py demo`: it says what is wrong in one line, plays when nothing is, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.services.processes import wait_until
from common.services.stack import running_services
from common.services.valkey import free_port
from tests.platform.conftest import CHECKOUT, alive

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
            lambda: "Ctrl-C stops everything" in self.said() or self.process.poll() is not None, seconds=300
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


def test_the_demonstration_plays_stops_on_ctrl_c_starts_again_on_kept_data_and_names_who_dies(
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
    assert again.is_playing(), again.said()
    beat = next(pid for pid in again.children() if b"beat" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))
    os.kill(beat, signal.SIGKILL)
    assert again.process.wait(60) == 1
    assert "beat ended with code -9" in again.said(), "who dies is named"
    assert wait_until(lambda: again.children() == [], seconds=10)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_kill_minus_nine_of_the_demonstration_takes_its_members_with_it(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from pathlib import Path; from common.demo.company import Company;"
        "from common.demo.screen import Screen; c = Company(dict(os.environ), Path(sys.argv[1]), Screen());"
        "m = c.start('member', ['-c', 'import time; time.sleep(60)']);"
        "print(m.process.pid, flush=True); time.sleep(60)"
    )
    boss = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert boss.stdout is not None
    member = int(boss.stdout.readline())
    assert alive(member)
    boss.kill()
    boss.communicate()
    assert wait_until(lambda: not alive(member), seconds=10)
