# ruff: noqa: S310 - the provider of the tests answers on this machine
"""North Star, the simulated transfer provider, run for real: a process of its own that may be killed and come back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import LazySettings

from common.services.processes import start_child, stop_child, wait_until
from common.services.valkey import free_port
from compliance.policy.selectors.policies import policy_forget
from tests.factories import caches_forget

CHECKOUT = Path(__file__).resolve().parents[2]
SECRET = "north-star-secret"


@dataclass
class NorthStar:
    """Where it answers, orders to it, and its books."""

    place: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, or come back after it died: the books are where they were."""
        if self.process is not None and self.process.poll() is None:
            return
        command = [
            sys.executable, "-m", "casino.transfers.simulator", "--port", str(self.port), "--secret", SECRET,
            "--books", str(self.place / "books.db"), "--late", "3",
        ]  # fmt: skip
        log = self.place / "provider.log"
        self.process = start_child(command, log=log, env={"PATH": ""}, cwd=CHECKOUT)
        assert wait_until(self.ready, seconds=15), log.read_text()

    def dead(self) -> bool:
        """Whether it was killed as it was told to."""
        assert self.process is not None
        return self.process.wait(timeout=5) == -signal.SIGKILL

    def ready(self) -> bool:
        try:
            urlopen(f"{self.url}/control/ready", timeout=2).close()
        except (URLError, OSError):
            return False
        return True

    def fault(self, at: str, do: str, times: int = 1) -> None:
        """The next `times` calls `at` go wrong (casino/transfers/simulator/faults.py)."""
        self._order("fault", at=at, do=do, times=times)

    def plays(self, player: str, stake: int, win: int, currency: str = "EUR") -> None:
        """A round, in cents."""
        self._order("play", player=player, currency=currency, stake=stake, win=win)

    def holds(self, player: str, currency: str = "EUR") -> Decimal:
        """What its books say that the player has there."""
        wallets = {(row[0], row[1]): row[2] for row in self.books()["wallets"]}
        return Decimal(wallets.get((player, currency), 0)) / 100

    def books(self) -> dict[str, Any]:
        with urlopen(f"{self.url}/control/books", timeout=5) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def moves(self) -> list[tuple[str, int]]:
        """What it booked: kind and cents, in order."""
        return [(row[1], row[4]) for row in self.books()["movements"]]

    def _order(self, what: str, **fields: Any) -> None:
        address = f"{self.url}/control/{what}"
        urlopen(Request(address, data=json.dumps(fields).encode()), timeout=5).close()


@pytest.fixture
def north_star(settings: LazySettings, tmp_path: Path) -> Iterator[NorthStar]:
    provider = NorthStar(tmp_path)
    settings.TRANSFER_URLS = {"north_star": provider.url}
    settings.TRANSFER_TIMEOUT_MS = 1_000
    provider.start()
    yield provider
    assert provider.process is not None
    stop_child(provider.process)


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    """Ids of accounts and rates, and the policy, are remembered by the process; tables are emptied between tests."""
    caches_forget()
    policy_forget()
    yield
    caches_forget()
    policy_forget()
