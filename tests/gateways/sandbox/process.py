"""The sandbox gateway as tests run it: a process of its own, with its clock and messages in the test's hand."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from casino.gateways.types import Credentials
from common.services.valkey import free_port

API_KEY: Final = "sandbox-api-key-of-tests"
WEBHOOK_KEY: Final = "sandbox-webhook-key-of-tests"


class SandboxProcess:
    """`python -m casino.gateways.sandbox_server`; the books lie in `folder` and outlive `kill`."""

    def __init__(self, folder: Path, *, hold: bool = True, silence: float = 0.0, keys: tuple[str, ...] = ()) -> None:
        self.folder, self.port = folder, free_port()
        self.hold, self.silence, self.keys = hold, silence, keys or (WEBHOOK_KEY,)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def credentials(self, face: str = "sandbox", *, timeout_ms: int = 5000, key: str = WEBHOOK_KEY) -> Credentials:
        """How to sign in to one of its faces."""
        return Credentials(
            gateway=face, url=f"{self.address}/{face}", secrets={"api_key": API_KEY, "webhook_key": key},
            timeout_ms=timeout_ms,
        )  # fmt: skip

    def start(self) -> SandboxProcess:
        """Start, or start again on the same books; returns when it answers."""
        arguments = [
            sys.executable, "-m", "casino.gateways.sandbox_server", "--port", str(self.port),
            "--state", str(self.folder / "gateway.sqlite3"), "--api-key", API_KEY, "--silence", str(self.silence),
            *(part for key in self.keys for part in ("--webhook-key", key)), *(["--hold"] if self.hold else []),
        ]  # fmt: skip
        self.kill()
        with (self.folder / "gateway.log").open("ab") as log:
            self.process = subprocess.Popen(arguments, stderr=log)
        for _ in range(200):
            try:
                self._call("GET", "/control/ready", None)
            except OSError:
                assert self.process.poll() is None, (self.folder / "gateway.log").read_text()
                time.sleep(0.05)
            else:
                return self
        raise AssertionError("the sandbox gateway does not answer")

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def order(self, order: str, **form: str) -> Any:
        """POST /control/<order>; what it answers."""
        return self._call("POST", f"/control/{order}", form)

    def flush(self) -> list[int]:
        """Send every message that waits; the statuses they met."""
        return list(self.order("flush"))

    def pay(self, page: str, *, choice: str = "pay", owner: str = "Alice Archer", label: str = "Test card A") -> int:
        """Decide on a hosted page; the status that the browser sees, redirects not followed."""
        data = urlencode({"choice": choice, "owner": owner, "label": label}).encode()
        try:
            request = urllib.request.Request(page, data=data)  # noqa: S310 - the gateway's own http address
            with _opener.open(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            return answer.code

    def _call(self, method: str, path: str, form: Mapping[str, str] | None) -> Any:
        data = None if form is None else urlencode(form).encode()
        url = self.address + path
        request = urllib.request.Request(url, data=data, method=method)  # noqa: S310 - as above
        try:
            with _opener.open(request, timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as answer:
            return json.loads(answer.read())


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Still())
