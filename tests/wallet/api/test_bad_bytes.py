"""Any bytes, any header, any path: an answer in the contract's form, and nothing booked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh
from tests.wallet.api.wire import BASE, Reply, Wire, signature

MONEY = ("bet", "win", "rollback", "jackpot")
CALLS = (*MONEY, "auth", "balance", "end-round")
QUICK = settings(
    max_examples=120, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_moves(house: House) -> Iterator[None]:
    """Around every test here: no leg and no transaction more than before, but the credits of new test players."""
    moved = "SELECT (SELECT count(*) FROM wallet_transaction WHERE kind <> 'adjustment'), (SELECT count(*) FROM play_leg)"
    before = house.rows(moved)
    yield
    assert house.rows(moved) == before


def refused(call: str, reply: Reply, *, status: int = 400) -> None:
    keeps_contract(call, reply)
    assert reply.outcome == (status, "invalid_request")
    assert b"Traceback" not in reply.body
    assert reply.json["error"]["class"] == "final"


def bytes_of(alice: Table, more: str) -> bytes:
    """A bet that would be good, with `more` written into its JSON."""
    return (json.dumps(alice.bet_fields())[:-1] + more + "}").encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "more",
    [
        ', "amount": "1.00"', ', "x": {"a": 1, "a": 2}', ', "x": NaN', ', "x": Infinity', ', "x": -Infinity',
        ', "x": 01', ', "x": +1', ', "x": .5', ', "x": 5.', ', "x": 1_000', ", x: 1", ', "x": undefined', ",",
        ', "x": "\n"', ', "x": "\x00"', ', "x": "\\x41"', ', "x": "\\u12"', ', "x": ' + "1" * 5000,
        ', "x": ' + "[" * 17 + "]" * 17, ', "x": ' + '{"a":' * 17 + "1" + "}" * 17, ', "x": ' + "[" * 30000,
        "} {", ', "x": "', ', "x": \'1\'', "/* */", ', "x": true false', ', "x": "\ud800"',
    ],
)  # fmt: skip
def test_a_body_that_is_not_strict_json_is_refused(alice: Table, more: str) -> None:
    refused("bet", alice.wire.send("POST", BASE + "bet", bytes_of(alice, more)))


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b'{"player_id": "\xc3\x28"}', b'{"player_id": "\xed\xa0\x80"}',
     b'{"player_id": "\xc0\xaf"}', b"\x00", b"\x1f\x8b\x08\x00", b"{" * 65536, b"[" * 65536, b'"' * 65536, b"\n" * 999],
)  # fmt: skip
@pytest.mark.parametrize("call", ["bet", "auth"])
def test_bytes_that_are_not_utf_8_or_not_an_object_are_refused(wire: Wire, call: str, body: bytes) -> None:
    refused(call, wire.send("POST", BASE + call, body))


@pytest.mark.parametrize("text", ["a\\u0000b", "\\ud800", "\\udfff\\ud800", "x\\udc00"])
@pytest.mark.parametrize("name", ["transaction_id", "player_id", "session_id", "game_code", "round_id", "free_round_id"])
def test_text_that_no_database_can_keep_is_refused(alice: Table, name: str, text: str) -> None:
    fields = {key: value for key, value in alice.bet_fields().items() if key != name}
    body = (json.dumps(fields)[:-1] + f', "{name}": "{text}"}}').encode()
    refused("bet", alice.wire.send("POST", BASE + "bet", body))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("value", [None, 1, -1.5, True, [], {}, "", "x" * 256, ["x"], {"x": 1}, 10**400])
def test_every_field_of_every_call_refuses_other_types_and_lengths(alice: Table, call: str, value: object) -> None:
    good = alice.bet_fields(
        token="t", jackpot_code="sandbox-pool", original_transaction_id=fresh("o"), amount="1.00"
    )  # fmt: skip
    required = {
        "auth": ["token"], "balance": ["player_id"], "end-round": ["player_id", "game_code", "round_id"],
        "rollback": ["transaction_id", "original_transaction_id", "player_id"],
    }.get(call, ["transaction_id", "player_id", "game_code", "round_id", "amount", "currency"])  # fmt: skip
    for name in required:
        reply = alice.wire.post(call, good | {name: value})
        keeps_contract(call, reply)
        assert reply.status == 400, (name, reply.body)
        assert reply.code == "invalid_request" or name == "amount"


@pytest.mark.parametrize(
    "moment", ["2026", "yesterday", "2026-13-01T00:00:00Z", "2026-03-02T12:00:00", "0001-01-01T00:00:00+14:00",
               "9999-12-31T23:59:59-14:00", "2026-03-02T25:00:00Z", "٢٠٢٦-03-02T12:00:00Z", "1" * 65],
)  # fmt: skip
def test_a_moment_is_iso_8601_with_its_offset(alice: Table, moment: str) -> None:
    refused("bet", alice.bet(occurred_at=moment)[1])


@pytest.mark.parametrize("kind", ["GAME", "bonus", "", "game ", 1, None])
def test_the_kind_of_a_win_is_one_of_three(alice: Table, kind: object) -> None:
    reply = alice.call("win", {**alice.win_fields(alice.bet_fields()), "kind": kind})
    assert reply.outcome == ((409, "bet_not_found") if kind is None else (400, "invalid_request"))


def test_a_rollback_of_itself_is_refused(alice: Table) -> None:
    name = fresh("self")
    refused("rollback", alice.rollback(name, transaction_id=name))


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "bet/", "Bet", "bet%20", "bet%0A", "bet%00", "bet%2F", "../v1/bet", "bet;x=1", "..%2f..%2fadmin", "%ff",
     "transactions/", "transactions", "x" * 6000, "sandbox", "sandbox/players/", "sandbox/players/a/b/state", "%E2%82%AC",
     "a%0Ab%0D%0ASet-Cookie:%20x=1"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_path_is_refused_in_json(wire: Wire, method: str, path: str) -> None:
    reply = wire.send(method, BASE + path, b"{}" if method == "POST" else b"")
    assert reply.outcome == (404, "invalid_request")
    assert reply.headers["content-type"] == "application/json"
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("call", ["balance", "transactions/x", "ping", "sandbox/players"])
def test_a_wrong_method_is_405_in_json(wire: Wire, call: str, method: str) -> None:
    right = "POST" if call in ("balance", "sandbox/players") else "GET"
    reply = wire.send(method, BASE + call, b"{}")
    assert (reply.status == 405) is (method != right), reply
    assert reply.headers["content-type"] == "application/json"
    if method != right:
        assert reply.code == "invalid_request"


def test_head_is_answered_without_a_body(wire: Wire) -> None:
    reply = wire.send("HEAD", BASE + "balance")
    assert (reply.status, reply.body) == (405, b"")


@pytest.mark.parametrize(
    ("given", "echoed"),
    [("x" * 128, True), ("x" * 129, False), ("a b", True), ("%0d%0aSet-Cookie: x=1", True), ("tab\there", False),
     ("<script>", True), ("é", False), ("\x80", False), ("'; --", True)],
)  # fmt: skip
def test_a_request_id_is_echoed_or_refused(wire: Wire, given: str, echoed: bool) -> None:
    reply = wire.but(more_headers={"X-Request-Id": given}).post("balance", {"player_id": "pl_nobody"})
    keeps_contract("balance", reply)
    assert "set-cookie" not in reply.headers
    assert (reply.headers["x-request-id"] == given) is echoed
    assert reply.status in ((404,) if echoed else (400, 404))


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
    body = bytes_of(alice, ', "x": "' + "x" * 65536 + '"')
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
    [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"POST " + b"x" * 9999,
     b"GET /api/wallet/v1/ping HTTP/1.1\r\nHost: x\r\nX-Bad\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\r\n" * 99,
     b"GET /api/wallet/v1/ping HTTP/1.1\r\nHost: x\r\nX-A: \x00\r\n\r\n"],
)  # fmt: skip
def test_bytes_that_are_not_http_leave_the_server_alive(wire: Wire, data: bytes) -> None:
    answer = wire.raw(data, seconds=0.5)
    assert b"500" not in answer[:20]
    assert b"<html" not in answer.lower()
    assert wire.plain("GET", BASE + "ping", None, {}).code == "ok"


@QUICK
@given(call=st.sampled_from(CALLS), body=st.binary(max_size=300))
def test_random_bytes_are_refused(wire: Wire, call: str, body: bytes) -> None:
    refused(call, wire.send("POST", BASE + call, body))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["transaction_id", "session_id", "player_id", "game_code", "round_id", "amount", "currency", "token", "kind",
     "original_transaction_id", "round_closed", "occurred_at", "jackpot_contribution", "jackpot_code", "reason"]
)  # fmt: skip


@QUICK
@given(call=st.sampled_from(CALLS), fields=st.dictionaries(NAMES | st.text(max_size=8), VALUES, max_size=9))
def test_random_json_is_answered_in_the_contracts_form(wire: Wire, call: str, fields: dict[str, object]) -> None:
    reply = keeps_contract(call, wire.post(call, fields))
    assert 400 <= reply.status < 500


@QUICK
@given(name=NAMES, value=VALUES)
def test_one_random_field_in_a_good_win_never_books(alice: Table, name: str, value: object) -> None:
    """A win without a bet moves nothing even when it is well formed."""
    fields = {**alice.win_fields(alice.bet_fields()), name: value}
    reply = keeps_contract("win", alice.wire.post("win", fields | {"kind": "game"}))
    assert 400 <= reply.status < 500


@QUICK
@given(headers=st.dictionaries(
    st.sampled_from(["X-Provider", "X-Key-Id", "X-Timestamp", "X-Signature", "X-Request-Id", "Content-Type",
                     "Content-Encoding", "Accept", "Cookie", "X-Forwarded-For", "X-HTTP-Method-Override", "Expect"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255, blacklist_characters="\x7f"), max_size=60)), )  # fmt: skip
def test_random_headers_are_answered_in_the_contracts_form(wire: Wire, headers: dict[str, str]) -> None:
    headers.pop("Expect", None)
    reply = wire.but(more_headers=headers).post("balance", {"player_id": "pl_nobody"})
    keeps_contract("balance", reply)
    assert reply.status in (400, 401, 404)


@pytest.mark.parametrize(
    "name", ["a/b", "a//b", "/a", "a/", " a b ", "ä", "🎰", "..", ".", "a?b", "a#b", "a%2Fb", "%", "%zz", "a+b", "a&b=c;d", "\n",
             "a\r\nb", "'; DROP TABLE x; --", "~!*'()", "@:$,", "\\", "\u202e", "\x7f", "A", "x" * 255],
)  # fmt: skip
def test_an_id_is_looked_up_however_it_is_escaped(house: House, alice: Table, name: str) -> None:
    name = (name + fresh("")[-9:] if len(name) > 9 else fresh("")[-9:] + name)[:255]
    alice.call("bet", alice.bet_fields("1000.00", transaction_id=name))  # refused, which is recorded too
    for safe in ("", "/", "!'()*", "!$&'()*+,;=:@"):
        if safe == "/" and ("//" in name or name.startswith("/")):
            continue
        reply = keeps_contract("transactions", alice.wire.get("transactions/" + quote(name, safe=safe)))
        assert reply.json.get("transaction_id") == name, (safe, reply.body)
        assert reply.json["state"] == "refused"
        assert reply.json["response"]["error"]["code"] == "insufficient_funds"


@pytest.mark.parametrize("path", ["%00", "a%00b", "%ff%fe", "%ED%A0%80", "%", "%zz", "x" * 256, "%F0%9F%8E%B0" * 256])
def test_an_id_that_cannot_exist_is_not_found(wire: Wire, path: str) -> None:
    reply = keeps_contract("transactions", wire.get("transactions/" + path))
    assert reply.outcome in ((404, "transaction_not_found"), (401, "invalid_signature")), reply.body


def test_another_providers_transaction_is_not_found(house: House, alice: Table) -> None:
    fields, _ = alice.bet("1000.00")
    theirs = house.provider()
    reply = theirs.get("transactions/" + fields["transaction_id"])
    assert reply.outcome == (404, "transaction_not_found")


def test_a_look_up_signed_for_another_path_is_refused(alice: Table) -> None:
    headers = alice.wire.headers("GET", BASE + "transactions/a", b"")
    reply = alice.wire.plain("GET", BASE + "transactions/b", None, headers)
    assert reply.outcome == (401, "invalid_signature")
    slash = alice.wire.headers("GET", BASE + "transactions/a/b", b"")
    assert signature("s", "1", "GET", "/", b"") != slash["X-Signature"]
