# ruff: noqa: S310 - gateways of the tests speak to this machine
"""The webhook over real HTTP, real workers and a real Valkey: killed, forged, too long, repeated, away."""

from __future__ import annotations

import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from casino.gateways import registry
from casino.gateways.enums import Outcome, Verdict
from casino.gateways.models import GatewayMessage
from casino.gateways.services.messages import LEASE, message_work
from common.services.processes import kill_group, log_tail, start_child, wait_until
from tests.gateways.box import API_KEY, KEY, body_of, effect, effects, headers_of, kept
from tests.servers import CHECKOUT, GranianServer, with_database

Factory = Callable[..., GranianServer]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("box")]
CONNECTED = {
    "GATEWAY_SANDBOX_URL": "http://127.0.0.1:9", "GATEWAY_SANDBOX_API_KEY": API_KEY, "GATEWAY_SANDBOX_WEBHOOK_KEY": KEY,
}  # fmt: skip
MOST_SECONDS = 1.0


def database_url() -> str:
    return with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])


def sent(url: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
    try:
        with urlopen(Request(url, data=body, headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


def told(server: GranianServer, body: bytes, key: str = KEY, gateway: str = "sandbox") -> tuple[int, str]:
    return sent(f"{server.url}/api/pay/{gateway}/v1/notify", body, headers_of(body, key))


def raw_answer(server: GranianServer, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(request)
        return line.recv(200)


@pytest.fixture
def worker(tmp_path: Path, box: LazySettings) -> Iterator[Callable[[str], tuple[subprocess.Popen[bytes], Path]]]:
    """Workers on the test's database and broker; killed after the test if not in it."""
    started: list[subprocess.Popen[bytes]] = []

    def start(where: str) -> tuple[subprocess.Popen[bytes], Path]:
        mark = tmp_path / f"mark-{len(started)}"
        arguments = [sys.executable, "-m", "tests.gateways.worker", where, str(mark)]
        environment = {
            **os.environ, **CONNECTED, "DATABASE_URL": database_url(), "REDIS_URL": box.REDIS_URL,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        log = tmp_path / f"worker-{len(started)}.log"
        started.append(start_child(arguments, log=log, env=environment, cwd=CHECKOUT, death_signal=signal.SIGKILL))
        return started[-1], mark

    yield start
    for process in started:
        kill_group(process)
        process.wait()


def test_the_webhook_keeps_first_and_answers_as_the_gateway_wants(granian_factory: Factory) -> None:
    server = granian_factory(database_url=database_url(), **CONNECTED)
    body = body_of("e1")
    assert told(server, body) == (200, "ok")
    assert told(server, body) == (200, "ok")
    first = GatewayMessage.objects.order_by("pk")[0]
    assert (bytes(first.raw), first.verdict, first.outcome, first.ip) == (body, "valid", "waiting", "127.0.0.1")
    assert first.headers["x-sandbox-signature"].startswith("t=")
    assert first.headers["content-type"] == "application/json"
    # Gateways that send nothing but an address line, and what is not the gateway's own.
    status, _ = sent(f"{server.url}/api/pay/sandbox/v1/notify?reference=D-1&amount=10", None, {})
    asked = GatewayMessage.objects.get(method="GET")
    assert (status, asked.query, asked.verdict) == (401, "reference=D-1&amount=10", "absent")
    assert told(server, body_of("e2"), key="guessed")[0] == 401
    forged = GatewayMessage.objects.get(verdict=Verdict.INVALID)
    assert forged.outcome == Outcome.INVALID
    # A message is taken whatever it says it is.
    assert sent(f"{server.url}/api/pay/sandbox/v1/notify", body, headers_of(body) | {"content-type": "x/y"})[0] == 200
    assert told(server, body, gateway="nowhere")[0] == 404
    assert told(server, body, gateway="sandbox2")[0] == 503
    kept_so_far = GatewayMessage.objects.count()
    assert told(server, b" " * (256 * 1024 + 1))[0] == 413
    assert sent(f"{server.url}/api/pay/sandbox/v1/notify?{'q' * 20_000}", None, {})[0] in {400, 413, 414, 431}
    line = b"POST /api/pay/sandbox/v1/notify HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b" 411 " in raw_answer(server, line + b"2\r\n{}\r\n0\r\n\r\n")
    assert b" 405 " in raw_answer(server, b"PUT /api/pay/sandbox/v1/notify HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                          b"Content-Length: 0\r\n\r\n")  # fmt: skip
    assert GatewayMessage.objects.count() == kept_so_far


def test_forged_messages_stop_being_kept_after_a_while(granian_factory: Factory) -> None:
    server = granian_factory(database_url=database_url(), **CONNECTED)
    statuses = [told(server, body_of(f"e{number}"), key="guessed")[0] for number in range(65)]
    assert statuses == [401] * 60 + [429] * 5
    assert GatewayMessage.objects.count() == 60
    assert told(server, body_of("honest"))[0] == 200  # the gateway's own goes on from the same address


def test_without_valkey_messages_are_kept_at_once_and_the_poller_finds_them(granian_factory: Factory) -> None:
    server = granian_factory(database_url=database_url(), REDIS_URL="redis://127.0.0.1:9/0", **CONNECTED)
    told(server, body_of("warm"))
    for number in range(5):
        began = time.monotonic()
        assert told(server, body_of(f"e{number}"))[0] == 200
        assert time.monotonic() - began < MOST_SECONDS
    while message_work(now=timezone.now()) is not None:
        pass
    assert sorted(effects()) == ["e0", "e1", "e2", "e3", "e4", "warm"]


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_worker_killed_half_way_loses_nothing_and_doubles_nothing(
    where: str, granian_factory: Factory, worker: Callable[[str], tuple[subprocess.Popen[bytes], Path]]
) -> None:
    server = granian_factory(database_url=database_url(), **CONNECTED)
    process, mark = worker(where)
    assert told(server, body_of("e1"))[0] == 200
    # The message was sent to the worker on commit: nobody polls here.
    assert wait_until(mark.exists, seconds=60), log_tail(mark.parent / "worker-0.log")
    assert effects() == ([] if where == "before" else ["e1"])
    process.kill()
    process.wait()
    message = GatewayMessage.objects.get()
    assert (message.outcome, message.attempts) == (Outcome.WAITING, 1)
    now = timezone.now()
    assert message_work(now=now) is None  # its lease runs: nobody else takes it on yet
    registry._handlers[:] = [effect]
    worked = message_work(now=now + LEASE + timedelta(seconds=1))
    assert worked is not None
    assert worked.outcome == Outcome.APPLIED
    assert effects() == ["e1"]


def test_repeated_and_reordered_messages_to_two_workers_count_once(
    worker: Callable[[str], tuple[subprocess.Popen[bytes], Path]],
) -> None:
    importlib.import_module("config.celery")  # as config/wsgi.py does: messages are sent from this process here
    worker("never")
    worker("never")
    keys = [f"e{number}" for number in range(6)]
    for key in [*keys, *reversed(keys), *keys]:
        kept(body_of(key), timezone.now())
    done = GatewayMessage.objects.filter(outcome=Outcome.APPLIED)
    assert wait_until(lambda: done.count() == 18, seconds=120)
    assert sorted(effects()) == keys
