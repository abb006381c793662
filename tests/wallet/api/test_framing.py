"""How bytes reach the server: chunks, lengths, and what is not HTTP at all. Nothing is booked."""

from __future__ import annotations

import json

import pytest

from tests.wallet.api.table import Table
from tests.wallet.api.wire import BASE, Wire

pytestmark = pytest.mark.usefixtures("nothing_moves")


def framed(wire: Wire, target: str, body: bytes, extra: dict[str, str], sent: bytes) -> bytes:
    """A signed call of `body` whose framing the test writes itself."""
    headers = wire.headers("POST", target, body) | {"Host": "x", "Connection": "close"} | extra
    head = f"POST {target} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
    return wire.raw(head.encode("latin-1") + sent)


def chunked(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize("size", [1, 7, 100000])
def test_a_chunked_body_is_read_whole(alice: Table, size: int) -> None:
    body = json.dumps({"player_id": alice.player_id}).encode()
    answer = framed(alice.wire, BASE + "balance", body, {"Transfer-Encoding": "chunked"}, chunked(body, size))
    assert answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("size", [1000, 70000])
def test_a_chunked_body_over_the_limit_is_refused(alice: Table, size: int) -> None:
    body = json.dumps(alice.bet_fields(x="x" * 65536)).encode()
    answer = framed(alice.wire, BASE + "bet", body, {"Transfer-Encoding": "chunked"}, chunked(body, size))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"invalid_request"' in answer


def test_without_length_and_chunks_there_is_no_body(alice: Table) -> None:
    body = json.dumps(alice.bet_fields()).encode()
    answer = framed(alice.wire, BASE + "bet", body, {}, body)
    assert b"invalid_signature" in answer
    assert b'"invalid_request"' in framed(alice.wire, BASE + "bet", b"", {}, b"")


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999999", "0x10", "", "10, 20", "٣", "65537", "5"])
def test_an_odd_content_length_books_nothing(alice: Table, length: str) -> None:
    body = json.dumps(alice.bet_fields()).encode()
    sent = framed(alice.wire, BASE + "bet", body, {"Content-Length": length.encode().decode("latin-1")}, body)
    assert b" 200 " not in sent.split(b"\r\n")[0]
    assert b"Traceback" not in sent


def test_length_and_chunks_together_smuggle_nothing(alice: Table) -> None:
    body = json.dumps(alice.bet_fields()).encode()
    extra = {"Content-Length": str(len(body)), "Transfer-Encoding": "chunked"}
    answer = framed(alice.wire, BASE + "bet", body, extra, b"0\r\n\r\n" + body)
    assert b" 200 " not in answer


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01",
     b"POST " + b"x" * 9999, b"GET /api/wallet/v1/ping HTTP/1.1\r\nHost: x\r\nX-Bad\r\n\r\n",
     b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\r\n" * 99,
     b"GET /api/wallet/v1/ping HTTP/1.1\r\nHost: x\r\nX-A: \x00\r\n\r\n"],
)  # fmt: skip
def test_bytes_that_are_not_http_leave_the_server_alive(wire: Wire, data: bytes) -> None:
    answer = wire.raw(data, seconds=0.5)
    assert b"500" not in answer[:20]
    assert b"<html" not in answer.lower()
    assert wire.plain("GET", BASE + "ping", None, {}).code == "ok"
