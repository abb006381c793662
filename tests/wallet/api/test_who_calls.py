"""Authentication: each check in the contract's order, each with its own code, none using up an id."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.servers import GranianServer
from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh, seated
from tests.wallet.api.wire import BASE, Wire, signature

NETS = ["198.51.100.0/24", "2001:db8::/32", "192.0.2.7"]


@pytest.fixture(scope="module")
def production(house: House) -> Iterator[GranianServer]:
    """A server as in production: HTTPS demanded, one trusted proxy, no sandbox."""
    server = house.serve(SANDBOX="0", REQUIRE_HTTPS="1", TRUSTED_PROXIES="127.0.0.1")
    yield server
    server.kill()


def forwarded(production: GranianServer, listed: Wire, hops: str, proto: str = "https") -> Wire:
    return listed.but(port=production.port, more_headers={"X-Forwarded-For": hops, "X-Forwarded-Proto": proto})


@pytest.fixture(scope="module")
def listed(house: House) -> Wire:
    """A real provider with an allow-list."""
    return house.provider(is_sandbox=False, allowed_networks=NETS)


def code_of(wire: Wire) -> str:
    return keeps_contract("balance", wire.post("balance", {"player_id": "pl_nobody"})).code


def test_the_checks_come_in_the_contracts_order(house: House) -> None:
    name = fresh("order")
    wrong = Wire(house.wire.port, provider=name, key_id="no-key", secret="wrong")
    body = json.dumps({"player_id": "pl_nobody"}).encode()
    old = str(int(time.time()) - 4000)

    def code(wire: Wire, timestamp: str) -> str:
        time.sleep(1.05)  # providers are remembered for a second
        return keeps_contract("balance", wire.send("POST", BASE + "balance", body, timestamp=timestamp)).code

    assert code(wrong.but(provider=""), "") == "missing_credentials"
    assert code(wrong, old) == "unknown_provider"
    house.provider(code=name, enabled=False, allowed_networks=["203.0.113.1"], rate_limit=1)
    assert code(wrong, old) == "provider_disabled"
    house.rows("UPDATE games_provider SET enabled = true WHERE code = %s", name)
    assert code(wrong, old) == "ip_not_allowed"
    house.rows("UPDATE games_provider SET allowed_networks = '{127.0.0.1}' WHERE code = %s", name)
    assert code(wrong, old) == "unknown_key"
    assert code(wrong.but(key_id="k1"), old) == "clock_skew"
    assert code(wrong.but(key_id="k1"), str(int(time.time()))) == "invalid_signature"
    right = wrong.but(key_id="k1", secret="another-secret")
    assert "rate_limited" in {right.send("POST", BASE + "balance", body).code for _ in range(6)}


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "now",
        "-1",
        "+1700000000",
        "1700000000.5",
        "1e9",
        "٣",
        "１７０００００００００",
        "9" * 40,
        "0x1",
        "1_7",
        "NaN",
    ],
)
def test_a_timestamp_is_whole_seconds(wire: Wire, stamp: str) -> None:
    target, body = BASE + "balance", b"{}"
    headers = wire.headers("POST", target, body)
    headers |= {"X-Timestamp": stamp, "X-Signature": signature(wire.secret, stamp, "POST", target, body)}
    sent = {name: value.encode() for name, value in headers.items()}
    reply = wire.plain("POST", target, body, sent)  # type: ignore[arg-type]
    assert reply.status == 401
    assert reply.code in ("clock_skew", "missing_credentials")


@pytest.mark.parametrize("name", ["", " ", "SANDBOX", "sandbox ", "sandbox'--", "x" * 5000, "ä", "../..", "%00"])
def test_an_odd_provider_is_unknown(wire: Wire, name: str) -> None:
    reply = wire.but(provider=name).post("balance", {"player_id": "x"})
    assert reply.status == 401 or name == "sandbox "  # HTTP strips blanks around a header's value
    assert reply.code in ("unknown_provider", "missing_credentials", "player_not_found")


@pytest.mark.parametrize("key", ["k2", "K1", "x" * 5000, "k1'--"])
def test_an_odd_key_is_unknown(wire: Wire, key: str) -> None:
    assert code_of(wire.but(key_id=key)) == "unknown_key"


@pytest.mark.parametrize(
    ("hops", "code"),
    [
        ("198.51.100.7", "player_not_found"),
        ("198.51.100.7:4711", "player_not_found"),
        ("2001:db8::5", "player_not_found"),
        ("[2001:db8::5]:443", "player_not_found"),
        ("::ffff:198.51.100.7", "player_not_found"),
        ("192.0.2.7", "player_not_found"),
        ("10.9.9.9, 198.51.100.7", "player_not_found"),
        ("198.51.100.7, 127.0.0.1", "player_not_found"),
        ("198.51.100.7, 203.0.113.9", "ip_not_allowed"),
        ("198.51.100.7, 203.0.113.9, 127.0.0.1", "ip_not_allowed"),
        ("198.51.100.7, garbage", "ip_not_allowed"),
        ("192.0.2.8", "ip_not_allowed"),
        ("2001:db9::5", "ip_not_allowed"),
        ("198.51.100.7.evil.example", "ip_not_allowed"),
        ("198.51.100", "ip_not_allowed"),
        ("3325256711", "ip_not_allowed"),
        ("0306.063.0144.07", "ip_not_allowed"),
        ("fe80::1%eth0", "ip_not_allowed"),
        ("unknown", "ip_not_allowed"),
        (",,,", "ip_not_allowed"),
        ("", "ip_not_allowed"),
    ],
)
def test_behind_a_trusted_proxy_the_nearest_other_address_counts(
    production: GranianServer, listed: Wire, hops: str, code: str
) -> None:
    assert code_of(forwarded(production, listed, hops)) == code


def test_a_second_forwarded_header_does_not_help(production: GranianServer, listed: Wire) -> None:
    body = b"{}"
    headers = forwarded(production, listed, "198.51.100.7").headers("POST", BASE + "balance", body)
    lines = [*(f"{k}: {v}" for k, v in headers.items()), "X-Forwarded-For: 203.0.113.9", "Host: x", "Content-Length: 2"]
    request = f"POST {BASE}balance HTTP/1.1\r\n" + "\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n{}"
    answer = Wire(production.port).raw(request.encode())
    assert b"ip_not_allowed" in answer


def test_without_a_trusted_proxy_the_header_does_not_help(house: House, listed: Wire) -> None:
    spoofed = listed.but(port=house.wire.port, more_headers={"X-Forwarded-For": "198.51.100.7"})
    assert code_of(spoofed) == "ip_not_allowed"


def test_from_another_peer_the_header_does_not_help(production: GranianServer, listed: Wire) -> None:
    direct = forwarded(production, listed, "198.51.100.7").but(source="127.0.0.9")
    assert code_of(direct) == "https_required"


def test_an_empty_list_admits_nobody_outside_the_sandbox(house: House, production: GranianServer) -> None:
    open_one = house.provider(is_sandbox=False, allowed_networks=[])
    assert code_of(forwarded(production, open_one, "198.51.100.7")) == "ip_not_allowed"


def test_plain_http_is_refused_and_never_redirected(production: GranianServer, listed: Wire) -> None:
    plain = forwarded(production, listed, "198.51.100.7", proto="http")
    for proto in ("http", "", "HTTPS, http", "https,"):
        reply = keeps_contract("balance", plain.but(more_headers={"X-Forwarded-Proto": proto}).post("balance", {}))
        assert reply.outcome == (403, "https_required")
        assert "location" not in reply.headers
    ping = Wire(production.port).plain("GET", BASE + "ping", None, {})
    assert keeps_contract("ping", ping).outcome == (403, "https_required")


def test_the_sandbox_does_not_exist_outside_of_it(production: GranianServer, wire: Wire, listed: Wire) -> None:
    ours = forwarded(production, listed, "198.51.100.7")
    for path in ("sandbox/players", "sandbox/players/pl_x/launch", "sandbox/players/pl_x/state"):
        for caller in (ours, ours.but(secret="wrong")):
            assert caller.post(path, {"currency": "EUR"}).outcome == (404, "invalid_request")
    sandbox = forwarded(production, wire, "198.51.100.7")
    assert code_of(sandbox) == "provider_disabled"


def test_a_disabled_provider_is_refused_within_a_second(house: House) -> None:
    theirs = house.provider()
    alice = seated(theirs, game="their-slot")
    bet = alice.placed()
    house.rows("UPDATE games_provider SET enabled = false WHERE code = %s", theirs.provider)
    time.sleep(1.05)
    assert alice.win(bet).outcome == (403, "provider_disabled")
    assert house.books_of(alice.player_id)[1] == 1


def test_the_rate_limit_answers_429_with_retry_after_and_uses_up_no_id(house: House) -> None:
    theirs = house.provider(rate_limit=5)
    time.sleep(1.0 - time.time() % 1 + 0.02)
    alice = seated(theirs, game="their-slot")
    time.sleep(1.05)
    replies = [alice.bet("1.00") for _ in range(40)]
    limited = [(fields, reply) for fields, reply in replies if reply.status == 429]
    assert len(limited) >= 40 - 5 * 4
    fields, reply = limited[-1]
    assert (reply.code, reply.json["error"]["class"], reply.headers["retry-after"]) == ("rate_limited", "retry", "1")
    time.sleep(1.05)
    again = alice.call("bet", fields)
    assert (again.code, again.replayed) == ("ok", False)


def test_two_servers_share_a_providers_limit(house: House, alice: Table) -> None:
    theirs = house.provider(rate_limit=4)
    other = house.serve()
    try:
        began = time.time()
        doors = (theirs, theirs.but(port=other.port))
        codes = [doors[n % 2].post("balance", {"player_id": alice.player_id}).code for n in range(40)]
        seconds = int(time.time()) - int(began) + 1
    finally:
        other.kill()
    assert codes.count("ok") <= 4 * seconds
    assert codes.count("rate_limited") >= 40 - 4 * seconds


def test_nothing_of_a_refused_caller_reaches_the_books_or_the_log(house: House, wire: Wire) -> None:
    before = house.booked()
    for mallory in (wire.but(secret="guess"), wire.but(key_id="k9"), wire.but(provider="nobody")):
        assert mallory.post("bet", {"transaction_id": "t", "player_id": "p"}).status == 401
    assert house.booked() == before
    logged = b"".join(path.read_bytes() for path in house.folder.glob("*.log"))
    assert b"sandbox-secret" not in logged
    assert b"another-secret" not in logged
