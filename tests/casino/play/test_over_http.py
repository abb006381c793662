"""The same races over real HTTP with signatures, and clients that do not wait for their answer."""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import connection

from casino.simulator.signing import Credentials, signed_headers
from common.clock import utc_now
from common.services.processes import wait_until
from tests.casino.play.table import Table
from tests.factories import SECRET, game_make, player_make, provider_make, session_make
from tests.servers import GranianServer, with_database
from tests.wallet.verification.quiet import everything_verified
from wallet.models import RecordedAnswer

KEY = Credentials("sandbox", "k1", SECRET)
BET = "/api/wallet/v1/bet"


@dataclass(frozen=True)
class Reply:
    """What came back over the wire."""

    status: int
    replayed: bool
    body: bytes

    @property
    def code(self) -> str:
        said = json.loads(self.body)
        return "ok" if said["status"] == "ok" else str(said["error"]["code"])


@pytest.fixture
def server(transactional_db: None, granian_factory: Callable[..., GranianServer]) -> GranianServer:
    """Two processes of eight threads, that wait 300 ms for a wallet's lock."""
    database = with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    return granian_factory(database_url=database, workers=2, LOCK_TIMEOUT_MS="300")


@pytest.fixture
def table(transactional_db: None) -> Table:
    """Alice with 100.00 EUR and a session that is alive now; the sandbox knows test players only."""
    game, player = game_make(provider_make()), player_make(is_test=True)
    return Table(game=game, player=player, session=session_make(player, game, now=utc_now()), now=utc_now())


def bet_of(table: Table, call_id: str, amount: str = "10") -> bytes:
    fields = {
        "transaction_id": call_id, "session_id": table.session, "player_id": table.player.public_id,
        "game_code": table.game.code, "round_id": "r1", "amount": amount, "currency": "EUR",
    }  # fmt: skip
    return json.dumps(fields).encode()


def headers_of(body: bytes) -> dict[str, str]:
    return signed_headers(credentials=KEY, timestamp=int(time.time()), method="POST", target=BET, body=body)


def send(server: GranianServer, body: bytes) -> Reply:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        line.request("POST", BET, body=body, headers=headers_of(body))
        reply = line.getresponse()
        return Reply(reply.status, reply.headers.get("Idempotent-Replay") == "true", reply.read())
    finally:
        line.close()


def send_together(server: GranianServer, bodies: list[bytes]) -> list[Reply]:
    with ThreadPoolExecutor(max_workers=len(bodies)) as pool:
        return list(pool.map(lambda body: send(server, body), bodies))


def test_twenty_identical_bets_are_one_debit_and_the_same_bytes(server: GranianServer, table: Table) -> None:
    replies = send_together(server, [bet_of(table, "same")] * 20)
    assert {(reply.status, reply.body) for reply in replies} == {(200, replies[0].body)}
    assert sum(not reply.replayed for reply in replies) == 1
    assert table.balance() == Decimal(90)
    everything_verified()


def test_of_twenty_bets_with_funds_for_ten_ten_are_booked(server: GranianServer, table: Table) -> None:
    replies = send_together(server, [bet_of(table, f"bet-{number}") for number in range(20)])
    assert sorted(reply.status for reply in replies) == [200] * 10 + [402] * 10
    assert table.balance() == Decimal(0)
    everything_verified()


def test_a_lock_held_longer_than_the_budget_is_answered_busy_and_consumes_no_id(
    server: GranianServer, table: Table
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT id FROM wallet_account WHERE player_id = %s FOR NO KEY UPDATE", [table.player.pk])
        reply = send(server, bet_of(table, "waits"))
        cursor.execute("ROLLBACK")
    assert (reply.status, reply.code) == (503, "busy")
    assert json.loads(reply.body)["error"]["class"] == "retry"
    assert not RecordedAnswer.objects.filter(provider_transaction_id="waits").exists()
    again = send(server, bet_of(table, "waits"))
    assert (again.code, again.replayed) == ("ok", False)


def test_a_client_that_hangs_up_finds_its_answer_on_asking_again(server: GranianServer, table: Table) -> None:
    for number in range(10):
        body = bet_of(table, f"hung-up-{number}", "1")
        lines = [f"POST {BET} HTTP/1.1", "Host: wallet", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers_of(body).items()]
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        first, second = send(server, body), send(server, body)
        assert (first.code, second.code, second.replayed) == ("ok", "ok", True)
        assert first.body == second.body
    assert wait_until(lambda: table.balance() == Decimal(90), seconds=10)
    everything_verified()
