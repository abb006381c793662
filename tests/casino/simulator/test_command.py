"""``manage.py simulate`` as a process: what it prints, how it exits, how it stops."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.casino.simulator.conftest import Serve
from tests.casino.simulator.wallet_records import Fault

CHECKOUT = Path(__file__).parents[3]


def simulate(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    """Start the command."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "simulate", *arguments],
        cwd=CHECKOUT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_books_that_agree_exit_with_0(serve: Serve) -> None:
    process = simulate("--url", serve().url, "--rounds", "60", "--rate", "0", "--chaos", "low")
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Books: agree for all 20 players" in out
    assert "RTP stated" in out
    assert out.rstrip().endswith("PASSED")


def test_books_that_differ_exit_with_1(serve: Serve) -> None:
    process = simulate("--url", serve(Fault.DOUBLE_DEBIT).url, "--rounds", "200", "--rate", "0")
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Books: differ for" in out
    assert out.rstrip().endswith("FAILED")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--players", "0"), "CommandError: --players must be at least 1"),
        (("--url", "nowhere"), "CommandError: --url must look like"),
        (("--seconds", "-1"), "CommandError: --seconds must not be negative"),
    ],
)
def test_wrong_arguments_exit_with_2_and_one_line(arguments: tuple[str, ...], line: str) -> None:
    process = simulate(*arguments)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert line in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_secret_from_the_environment_exits_with_2_and_one_line(serve: Serve) -> None:
    process = simulate("--url", serve().url, SIMULATE_SECRET="guess")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "invalid_signature" in err
    assert "guess" not in err


@pytest.mark.parametrize("stopping", [signal.SIGINT, signal.SIGTERM])
def test_an_open_ended_run_still_compares_the_books_when_stopped(serve: Serve, stopping: signal.Signals) -> None:
    server = serve()
    process = simulate("--url", server.url, "--seconds", "0", "--rate", "200")
    deadline = time.monotonic() + 30
    while not server.wallet.bookings and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(stopping)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Books: agree" in out
