"""What of a call is kept, by the rule of docs/call-log.md."""

import hashlib
import json

import pytest

from casino.calls.enums import BodyForm
from casino.calls.redaction import MAX_BODY, answer_kept, body_kept, headers_kept, path_kept, shape, text_kept
from tests.casino.calls.entries import BET


def kept(body: bytes) -> bytes:
    return body_kept(body, len(body)).body


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(BET).encode(),
        json.dumps(BET, indent=4).encode(),
        b"{}",
        b' {"amount" : 12.5 , "amount":"1e9","amount":null}\r\n',
        '{"transaction_id":"транзакция-1","amount":"-0"}'.encode(),
        b'{"transaction_id":"a\\u0000b\\"c","kind":"promo"}',
    ],
)
def test_a_body_of_contract_fields_is_kept_byte_by_byte(body: bytes) -> None:
    assert body_kept(body, len(body)) == (BodyForm.EXACT, body, None)


@pytest.mark.parametrize("key", ["token", "tok\\u0065n"])
def test_a_launch_token_is_never_kept(key: str) -> None:
    body = f'{{"{key}": "lt_secret", "game_code":"sandbox-slot", "token":"lt_second"}}'.encode()
    result = body_kept(body, len(body))
    assert result.body == f'{{"{key}": "[redacted]", "game_code":"sandbox-slot", "token":"[redacted]"}}'.encode()
    assert result.form == BodyForm.REDACTED
    assert result.sha256 == hashlib.sha256(body).digest()


def test_unknown_fields_keep_their_name_and_length_only() -> None:
    body = (
        b'{"transaction_id":"t1","email":"alice@example.com","ip":"203.0.113.9","name":{"first":"Alice"},'
        b'"tags":["vip"],"age":37,"vip":true, "alice@example.com":1}'
    )
    assert json.loads(kept(body)) == {
        "transaction_id": "t1",
        "email": "[string of 17 characters]",
        "ip": "[string of 11 characters]",
        "name": "[object of 17 characters]",
        "tags": "[array of 7 characters]",
        "age": "[value of 2 characters]",
        "vip": "[value of 4 characters]",
        "[key of 17 characters]": "[value of 1 characters]",
    }


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("reason", '"player_left"', "player_left"),
        ("reason", '"Alice Smith called us"', "[string of 21 characters]"),
        ("amount", '"' + "9" * 400 + '"', "[string of 400 characters]"),
        ("amount", "9" * 400, "[value of 400 characters]"),
        ("amount", '"٣٫٥"', "[string of 3 characters]"),
        ("player_id", '"' + "p" * 256 + '"', "[string of 256 characters]"),
        ("player_id", '{"token":"lt_secret"}', "[object of 21 characters]"),
    ],
)
def test_contract_fields_keep_only_what_their_kind_can_hold(field: str, value: str, expected: str) -> None:
    assert json.loads(kept(f'{{"{field}":{value}}}'.encode())) == {field: expected}


@pytest.mark.parametrize(
    "body",
    [
        b'{"token":"lt_secret","amount":',
        b"token=lt_secret&email=alice@example.com",
        b'["lt_secret", "alice@example.com"]',
        b'{"email":"alice\xff@example.com"}',
        '{"token":"lt_secret","name":"alice"}'.encode("utf-16"),
        b"[" * 30_000 + b'"lt_secret"' + b"]" * 30_000,
        b'{"a":' * 10_000 + b'"lt_secret"',
        b'{"token":"lt_secret"} {"name":"alice"}',
        b'\xef\xbb\xbf{"token":"lt_secret"}',
        ("{" + ",".join(f'"alice{n}":"lt_secret"' for n in range(100)) + "}").encode(),
        b"lt_secret" * 8_000,
    ],
)
def test_bytes_that_are_no_small_json_object_leave_only_their_shape(body: bytes) -> None:
    result = body_kept(body, len(body))
    assert result.form == BodyForm.SHAPE
    assert result.sha256 == hashlib.sha256(body).digest()
    for secret in (b"secret", b"lt_", b"alice", b"example"):
        assert secret not in result.body.replace(b"\\x00", b"")


def test_a_shape_shows_where_json_breaks_and_escapes_what_does_not_print() -> None:
    body = b'{"amount":12.50,"name":"Bob \x00\x1b\xe9",,"round_closed":NaN}'
    assert shape(body, 512) == b'{"amount":00.00,"xxxx":"xxx \\x00\\x1b?",,"round_closed":NaN}'


def test_sixty_four_kib_are_kept_and_one_byte_more_is_a_shape_of_four_kib() -> None:
    body = b'{"transaction_id":"t1"}'.ljust(MAX_BODY)
    assert body_kept(body, len(body)) == (BodyForm.EXACT, body, None)
    large = body_kept(body + b" ", MAX_BODY + 1)
    assert (large.form, len(large.body)) == (BodyForm.SHAPE, 4096)
    cut = body_kept(body, 10_000_000)
    assert (cut.form, cut.sha256) == (BodyForm.SHAPE, None)


def test_tokens_leave_our_own_answers_too() -> None:
    answer = b'{"status":"ok","player_id":"pl_1","token":"lt_secret","balance":{"real":"1.00"}}'
    assert answer_kept(answer) == answer.replace(b"lt_secret", b"[redacted]")
    nested = b'{"status":"ok","response":{"token":"lt_secret"}}'
    assert b"secret" not in answer_kept(nested)
    assert answer_kept(b'{"status":"ok"}') == b'{"status":"ok"}'


def test_headers_that_could_carry_anything_are_kept_as_a_length() -> None:
    assert json.loads(headers_kept(("1700000000", "", "", "", "", "*/*", "alice@example.com"))) == {
        "X-Timestamp": "1700000000", "Accept": "*/*", "User-Agent": "[17 characters]",
    }  # fmt: skip
    assert text_kept("k1\x00") == "[3 characters]"
    assert path_kept("/api/wallet/v1/bet?email=alice") == "/api/wallet/v1/bet?[11 characters]"
