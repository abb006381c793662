"""What machines send is kept without card numbers, and machines can still read it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest

from common.card_payloads import payload_masked, text_masked
from common.cards import card_found

CARD = "4111111111111111"


def test_json_stays_json_with_the_last_four_digits() -> None:
    body = json.dumps({"pan": "4111 1111 1111 1111", "bare": int(CARD), "list": [int(CARD)], "cardNumber": CARD})
    kept = payload_masked(body.encode())
    assert json.loads(kept) == {
        "pan": "**** **** **** 1111", "bare": 9999999999991111, "list": [9999999999991111],
        "cardNumber": "************1111",
    }  # fmt: skip
    assert not card_found(kept.decode())


def test_a_form_stays_a_form() -> None:
    kept = text_masked(f"cardNumber={CARD}&note=4111%201111%201111%201111&status=OK")
    assert parse_qs(kept) == {
        "cardNumber": ["************1111"], "note": ["**** **** **** 1111"], "status": ["OK"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f'{{"pspReference": "{CARD}", "orderid": {CARD}}}', f"PPP_TransactionID={CARD}&merchant_unique_id={CARD}",
        f"<paymentReference>{CARD}</paymentReference>", '{"a": 1}', "",
    ],
)  # fmt: skip
def test_identifiers_and_what_holds_no_card_stay_byte_for_byte(body: str) -> None:
    raw = body.encode()
    assert payload_masked(raw) is raw or payload_masked(raw) == raw


def test_bytes_that_are_no_text_survive() -> None:
    assert payload_masked(b"\xff\xfe" + CARD.encode() + b"\x00\x80") == b"\xff\xfe************1111\x00\x80"
