"""Any path, method, request id and transaction id: JSON in the contract's form, and nothing booked."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh
from tests.wallet.api.wire import BASE, Wire

pytestmark = pytest.mark.usefixtures("nothing_moves")


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "bet/", "Bet", "bet%20", "bet%0A", "bet%00", "bet%2F", "../v1/bet", "bet;x=1", "..%2f..%2fadmin",
     "%ff", "transactions/", "transactions", "x" * 6000, "sandbox", "sandbox/players/", "sandbox/players/a/b/state",
     "%E2%82%AC", "a%0Ab%0D%0ASet-Cookie:%20x=1"],
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


@pytest.mark.parametrize(
    "name", ["a/b", "a//b", "/a", "a/", " a b ", "ä", "🎰", "..", ".", "a?b", "a#b", "a%2Fb", "%", "%zz", "a+b",
             "a&b=c;d", "\n", "a\r\nb", "'; DROP TABLE x; --", "~!*'()", "@:$,", "\\", "\u202e", "\x7f", "A",
             "x" * 255],
)  # fmt: skip
def test_an_id_is_looked_up_however_it_is_escaped(house: House, alice: Table, name: str) -> None:
    name = (fresh("")[-9:] + name)[:255]
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
