"""Any body: an answer in the contract's form, and nothing booked."""

from __future__ import annotations

import json

import pytest

from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.table import Table, fresh
from tests.wallet.api.wire import BASE, Reply, Wire

MONEY = ("bet", "win", "rollback", "jackpot")
CALLS = (*MONEY, "auth", "balance", "end-round")
pytestmark = pytest.mark.usefixtures("nothing_moves")


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
@pytest.mark.parametrize(
    "name", ["transaction_id", "player_id", "session_id", "game_code", "round_id", "free_round_id"]
)
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
