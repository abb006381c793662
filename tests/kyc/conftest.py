# ruff: noqa: S310 - the vendor of the tests answers on this machine
"""Documents of each test lie in a folder of its own; the simulated Sumsub is a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
import redis
from django.conf import LazySettings
from pytest_django.live_server_helper import LiveServer

from common.services.processes import start_child, stop_child, wait_until
from common.services.valkey import free_port

CHECKOUT = Path(__file__).resolve().parents[2]
SECRET = "secret-of-tests"
WEBHOOK_SECRET = "webhook-secret-of-tests"


@pytest.fixture(autouse=True)
def kyc_files(settings: LazySettings, tmp_path: Path) -> Path:
    settings.KYC_FILES = str(tmp_path / "kyc")
    settings.KYC_SCANNER = ""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    return tmp_path / "kyc"


@dataclass
class Vendor:
    """Where the simulated Sumsub answers, and orders to it."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, player: str, kind: str, **fields: Any) -> list[int]:
        """Have it send a webhook; the statuses that came back."""
        body = json.dumps({"externalUserId": player, "type": kind} | fields).encode()
        with urlopen(Request(f"{self.url}/control/send", data=body), timeout=20) as answer:
            statuses: list[int] = json.load(answer)["statuses"]
        return statuses

    def ready(self) -> bool:
        try:
            urlopen(f"{self.url}/control/ready", timeout=2).close()
        except URLError:
            return False
        return True


@pytest.fixture
def vendor(live_server: LiveServer, settings: LazySettings, tmp_path: Path) -> Iterator[Vendor]:
    """The simulated Sumsub, that sends its webhooks to the test's own server."""
    port = free_port()
    arguments = [
        sys.executable, "-m", "compliance.kyc.simulator", "--port", str(port), "--app-token", "sbx:tests", "--secret",
        SECRET, "--webhook-secret", WEBHOOK_SECRET, "--webhook-url", f"{live_server.url}/api/kyc/sumsub/v1/webhook",
    ]  # fmt: skip
    settings.SUMSUB_URL = f"http://127.0.0.1:{port}"
    settings.SUMSUB_APP_TOKEN, settings.SUMSUB_SECRET = "sbx:tests", SECRET
    settings.SUMSUB_WEBHOOK_SECRET = WEBHOOK_SECRET
    process = start_child(arguments, log=tmp_path / "vendor.log", env={"PATH": ""}, cwd=CHECKOUT)
    made = Vendor(port, process)
    assert wait_until(made.ready, seconds=15)
    yield made
    stop_child(process)
