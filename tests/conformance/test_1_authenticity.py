"""Conformance §7.1: who calls, and what form a call has."""

from __future__ import annotations

import json
import time

import pytest

from tests.wallet.api.house import House
from tests.wallet.api.table import Fields, Table, fresh, seated
from tests.wallet.api.wire import BASE, Reply, Wire


def signed_bet(alice: Table, body: bytes) -> Reply:
    return alice.wire.send("POST", BASE + "bet", body)


def test_case_001_a_correctly_signed_bet_is_accepted(alice: Table) -> None:
    assert alice.bet("10.00")[1].outcome == (200, "ok")
    assert alice.real == "90.00"


def test_case_002_a_missing_signature_moves_nothing(house: House, alice: Table) -> None:
    body = json.dumps(alice.bet_fields()).encode()
    headers = alice.wire.headers("POST", BASE + "bet", body)
    for name in ("X-Signature", "X-Timestamp", "X-Key-Id", "X-Provider"):
        rest = {k: v for k, v in headers.items() if k != name}
        assert alice.wire.plain("POST", BASE + "bet", body, rest).outcome == (401, "missing_credentials")
    assert house.books_of(alice.player_id)[1] == 0
    assert alice.real == "100.00"


@pytest.mark.parametrize("text", ["random text", "v1=", "v1=" + "0" * 64, "v2=" + "0" * 64, "v1=" + "A" * 64])
def test_case_003_a_random_signature_moves_nothing(alice: Table, text: str) -> None:
    wire = alice.wire.but(more_headers={"X-Signature": text})
    assert wire.post("bet", alice.bet_fields()).outcome == (401, "invalid_signature")
    assert alice.real == "100.00"


def test_case_004_another_providers_key_tells_nothing_about_the_player(house: House, alice: Table) -> None:
    other = house.provider(secret="their-own-secret")
    mallory = alice.wire.but(secret="their-own-secret")
    reply = mallory.post("bet", alice.bet_fields())
    assert reply.outcome == (401, "invalid_signature")
    stranger = alice.wire.but(key_id="k9")
    assert stranger.post("bet", alice.bet_fields()).outcome == (401, "unknown_key")
    assert "balance" not in reply.json
    assert alice.player_id not in reply.body.decode()
    assert other.post("balance", {"player_id": alice.player_id}).code == "ok"


def test_case_005_a_changed_digit_after_signing_moves_nothing(alice: Table) -> None:
    body = json.dumps(alice.bet_fields("10.00")).encode()
    headers = alice.wire.headers("POST", BASE + "bet", body)
    changed = body.replace(b'"10.00"', b'"90.00"')
    assert alice.wire.plain("POST", BASE + "bet", changed, headers).outcome == (401, "invalid_signature")
    assert alice.real == "100.00"


def test_case_006_unusual_key_order_and_spaces_are_signed_as_sent(alice: Table) -> None:
    fields = dict(sorted(alice.bet_fields().items(), reverse=True))
    assert signed_bet(alice, json.dumps(fields, indent=7, separators=(" , ", " :  ")).encode()).code == "ok"


def test_case_007_a_body_written_anew_by_a_proxy_is_refused(alice: Table) -> None:
    fields = alice.bet_fields()
    headers = alice.wire.headers("POST", BASE + "bet", json.dumps(fields).encode())
    rewritten = json.dumps(fields, separators=(",", ":")).encode()
    assert alice.wire.plain("POST", BASE + "bet", rewritten, headers).outcome == (401, "invalid_signature")


@pytest.mark.parametrize("escaped", [True, False])
def test_case_008_text_beyond_ascii_plain_or_escaped_is_accepted(alice: Table, escaped: bool) -> None:
    fields = alice.bet_fields(round_id=fresh("Ünïcode-ß-日本-🎰"), player_name="Zoë")
    reply = signed_bet(alice, json.dumps(fields, ensure_ascii=escaped).encode())
    assert reply.code == "ok"
    assert reply.json["round_id"] == fields["round_id"]


def test_case_009_equal_amounts_are_equal_however_they_are_written(alice: Table) -> None:
    for amount in ("10.0", "10", "10.00"):
        assert alice.bet(amount)[1].outcome == (200, "ok")
    assert alice.real == "70.00"
    fields = alice.placed("10.0")
    again = alice.call("bet", {**fields, "amount": "10"})
    assert again.replayed
    assert alice.real == "60.00"


def test_case_013_the_query_string_is_signed_as_sent(alice: Table) -> None:
    body = json.dumps({"player_id": alice.player_id}).encode()
    target = BASE + "balance?b=2&a=1%20x&c=%C3%A9"
    assert alice.wire.send("POST", target, body).code == "ok"
    headers = alice.wire.headers("POST", BASE + "balance", body)
    assert alice.wire.plain("POST", target, body, headers).outcome == (401, "invalid_signature")


def test_case_014_a_request_replayed_after_the_window_is_refused_and_inside_it_is_a_repeat(alice: Table) -> None:
    fields = alice.bet_fields()
    body = json.dumps(fields).encode()
    target = BASE + "bet"
    old = alice.wire.send("POST", target, body, timestamp=str(int(time.time()) - 302))
    assert old.outcome == (401, "clock_skew")
    stamp = str(int(time.time()) - 200)
    first = alice.wire.send("POST", target, body, timestamp=stamp)
    replay = alice.wire.send("POST", target, body, timestamp=stamp)
    assert replay.replayed
    assert replay.body == first.body
    assert alice.real == "90.00"


def test_case_015_header_names_in_any_letter_case(alice: Table) -> None:
    body = json.dumps(alice.bet_fields()).encode()
    headers = alice.wire.headers("POST", BASE + "bet", body)
    shouted = {name.upper(): value for name, value in headers.items()}
    assert alice.wire.plain("POST", BASE + "bet", body, shouted).code == "ok"
    whispered = {name.lower(): value for name, value in headers.items()}
    assert alice.wire.plain("POST", BASE + "bet", body, whispered).replayed


def test_case_016_old_and_new_key_are_both_good_until_the_old_one_is_retired(house: House) -> None:
    old = house.provider(secret="old-secret")
    house.key(old.provider, "k2", "new-secret", slot=2)
    new = old.but(key_id="k2", secret="new-secret")
    time.sleep(1.1)
    alice = seated(old, game="their-slot")
    assert alice.bet()[1].code == "ok"
    assert new.post("balance", {"player_id": alice.player_id}).code == "ok"
    house.rows(
        "UPDATE games_providerkey SET retired_at = now() WHERE key_id = 'k1' AND provider_id ="
        " (SELECT id FROM games_provider WHERE code = %s)", old.provider,
    )  # fmt: skip
    time.sleep(1.1)
    assert old.post("balance", {"player_id": alice.player_id}).outcome == (401, "unknown_key")
    assert new.post("balance", {"player_id": alice.player_id}).code == "ok"


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_case_017_a_wrong_method_moves_nothing(alice: Table, method: str) -> None:
    body = json.dumps(alice.bet_fields()).encode()
    assert alice.wire.send(method, BASE + "bet", body).outcome == (405, "invalid_request")
    assert alice.real == "100.00"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"null", b"a=1&b=2", b"<bet/>", b"{'a': 1}", b"{}x"])
def test_case_018_malformed_json_is_invalid_request(wire: Wire, body: bytes) -> None:
    assert wire.send("POST", BASE + "bet", body).outcome == (400, "invalid_request")


def test_case_019_a_body_over_the_limit_is_refused_before_parsing(alice: Table) -> None:
    fields = alice.bet_fields()
    room = 64 * 1024 - len(json.dumps({**fields, "padding": ""}))
    whole = json.dumps({**fields, "padding": "x" * room}).encode()
    assert len(whole) == 64 * 1024
    assert signed_bet(alice, whole.replace(b"xx", b"xxx", 1)).outcome == (413, "invalid_request")
    assert alice.real == "100.00"
    assert signed_bet(alice, whole).code == "ok"


@pytest.mark.parametrize(
    "changed",
    [{"amount": 10}, {"amount": 10.0}, {"amount": True}, {"amount": ["10"]}, {"player_id": 7}, {"round_id": 1.5},
     {"transaction_id": {}}, {"round_closed": "true"}, {"round_closed": 1}, {"currency": 978}, {"occurred_at": 17}],
)  # fmt: skip
def test_case_020_wrong_types_are_never_coerced(alice: Table, changed: Fields) -> None:
    assert alice.bet(**changed)[1].outcome == (400, "invalid_request")
    assert alice.real == "100.00"


@pytest.mark.parametrize(
    "name", ["transaction_id", "session_id", "player_id", "game_code", "round_id", "amount", "currency"]
)
def test_case_021_a_missing_or_null_field_is_invalid_request(alice: Table, name: str) -> None:
    fields = alice.bet_fields()
    for body in ({k: v for k, v in fields.items() if k != name}, {**fields, name: None}):
        reply = alice.call("bet", body)
        assert reply.outcome == (400, "invalid_request")
        assert reply.json["error"]["details"]["field"] == name
    assert alice.real == "100.00"


def test_case_022_unknown_fields_are_ignored(alice: Table) -> None:
    assert alice.bet(bonus="999", nested={"a": [1, 2, {"b": None}]}, balance="1000000")[1].code == "ok"
    assert alice.real == "90.00"


def test_case_023_very_long_and_odd_ids_are_kept_literally(alice: Table) -> None:
    odd = [
        "x" * 250,
        "🎰" * 250,
        'it\'s "quoted" \\ back',
        "'; DROP TABLE play_leg; --",
        "<b>&amp;</b>",
        " ",
        "%00",
        "\n",
    ]
    for text in odd:
        name = (text + fresh("")[-5:])[-255:]
        fields, reply = alice.bet("1.00", transaction_id=name, round_id=name)
        assert reply.code == "ok", reply.body
        assert reply.json["transaction_id"] == reply.json["round_id"] == name
        assert alice.rollback(fields).json["original"] == "reversed"
    assert alice.bet(transaction_id=fresh("long").ljust(255, "x"))[1].code == "ok"
    assert alice.bet(transaction_id="x" * 256)[1].outcome == (400, "invalid_request")
    assert alice.bet(transaction_id="")[1].outcome == (400, "invalid_request")


def test_case_024_a_caller_off_the_allow_list_is_refused(house: House, alice: Table) -> None:
    far = house.provider(allowed_networks=["203.0.113.0/24"])
    assert far.post("balance", {"player_id": alice.player_id}).outcome == (403, "ip_not_allowed")
    near = house.provider(allowed_networks=["203.0.113.0/24", "127.0.0.0/8"])
    assert near.post("balance", {"player_id": alice.player_id}).code == "ok"


def test_case_025_the_request_id_is_echoed_or_made(alice: Table) -> None:
    given = "call 17/ä".replace("ä", "a") + "!" * 100
    reply = alice.wire.but(more_headers={"X-Request-Id": given}).post("balance", {"player_id": alice.player_id})
    assert reply.headers["x-request-id"] == reply.json["request_id"] == given
    ours = [alice.wire.post("balance", {"player_id": alice.player_id}).headers["x-request-id"] for _ in range(2)]
    assert ours[0] != ours[1]
