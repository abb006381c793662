"""The measuring instruments measure what they say."""

import hmac
import json
import os
import random
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.bench.bets import Signer, bet_body, signed_bets
from tests.bench.client import outcome_of, whole_answer
from tests.bench.disk import Bytes, growth, summed
from tests.bench.processes import cpu_seconds, family
from tests.bench.wire import SOCKET_NAME, ServerMessages, tapped

SIGNER = Signer(provider="sandbox", key_id="k1", secret="sandbox-secret", game_code="sandbox-slot", currency="EUR")
READY = b"Z\x00\x00\x00\x05I"
ROW = b"D\x00\x00\x00\x0bZZZZZZZ"


def test_the_signature_is_the_contracts_known_answer() -> None:
    body = b'{"transaction_id":"t1","amount":"1.00"}'
    expected = "v1=93c86e0fc0fe450177838bdeddf6e409104b0c2346bb7babea6d57ef108451b5"
    assert SIGNER.signature("1700000000", "/api/wallet/v1/bet", body) == expected


def test_every_request_is_a_signed_bet_of_its_own() -> None:
    players = [(f"pl_{number}", f"gs_{number}") for number in range(50)]
    requests = signed_bets(SIGNER, "/api/wallet/v1/bet", players, 400, seed=1)
    bets = []
    for request in requests:
        head, _, body = request.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines()[1:])
        message = f"{headers['X-Timestamp']}.POST./api/wallet/v1/bet.".encode() + body
        assert headers["X-Signature"] == "v1=" + hmac.digest(b"sandbox-secret", message, "sha256").hex()
        assert int(headers["Content-Length"]) == len(body)
        bets.append(json.loads(body))
    assert len({bet["transaction_id"] for bet in bets}) == len({bet["round_id"] for bet in bets}) == 400
    assert len({bet["player_id"] for bet in bets}) == 50
    assert all(bet["session_id"] == bet["player_id"].replace("pl", "gs") for bet in bets)


def test_a_body_is_json_with_the_contracts_fields() -> None:
    body = json.loads(bet_body(SIGNER, "pl_alice", "gs_alice", random.Random(1)))
    assert body["amount"] == "0.10"
    assert set(body) == {
        "transaction_id", "session_id", "player_id", "game_code", "round_id", "amount", "currency",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", True),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{", False),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n", False),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n", False),
    ],
)
def test_an_answer_is_whole_when_its_body_is_there(answer: bytes, whole: bool) -> None:
    assert whole_answer(answer) is whole


def test_a_refusal_is_counted_under_its_code() -> None:
    assert outcome_of(b"HTTP/1.1 200 OK\r\n\r\n{}") == "200"
    refused = b'HTTP/1.1 503 Service Unavailable\r\n\r\n{"status":"error","error":{"code":"busy","class":"retry"}}'
    assert outcome_of(refused) == "503 busy"
    assert outcome_of(b"HTTP/1.1 500 Internal Server Error\r\n\r\n<html>") == "500"


@pytest.mark.parametrize("size", [1, 2, 5, 7, 1000])
def test_ready_messages_are_counted_however_the_stream_is_cut(size: int) -> None:
    stream = (ROW + READY) * 3 + ROW + READY
    messages = ServerMessages()
    assert sum(messages.ready_in(stream[at : at + size]) for at in range(0, len(stream), size)) == 4


def test_the_tap_counts_a_trip_for_each_time_the_client_speaks_after_the_server(tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / SOCKET_NAME))
    listener.listen()

    def serve() -> None:
        server, _ = listener.accept()
        with server:
            while server.recv(100):
                server.sendall(READY + READY)

    threading.Thread(target=serve, daemon=True).start()
    with tapped(tmp_path) as (folder, tap), socket.socket(socket.AF_UNIX) as client:
        client.connect(str(folder / SOCKET_NAME))
        for _ in range(3):
            client.sendall(b"Q" * 10)
            assert client.recv(100)
        counted = tap.counts()
    listener.close()
    assert (counted.trips, counted.client_bytes) == (3, 30)
    assert counted.ready >= 4


def test_cpu_seconds_include_children_that_have_ended() -> None:
    before = cpu_seconds(os.getpid())
    subprocess.run([sys.executable, "-c", "for number in range(4_000_000): pass"], check=True)
    assert cpu_seconds(os.getpid()) > before
    assert os.getpid() in family(os.getpid())


def test_growth_tells_the_call_log_from_the_books() -> None:
    before = {"wallet_entry": Bytes(8192, 8192), "play_round": Bytes(8192, 0)}
    after = {"wallet_entry": Bytes(16384, 8192), "play_round": Bytes(8192, 0), "calls_providercall_2026": Bytes(10, 20)}
    grown = growth(before, after)
    assert set(grown) == {"wallet_entry", "calls_providercall_2026"}
    assert summed(grown, call_log=False) == Bytes(8192, 0)
    assert summed(grown, call_log=True) == Bytes(10, 20)
