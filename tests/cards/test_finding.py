"""SEC-04: which texts contain a payment card number, and which only look so."""

from __future__ import annotations

import json
import random
import time
from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.cards import card_found, card_place, cards_masked
from common.ids import public_id, uuid7
from tests.cards.numbers import CARDS, check_digit, iban, random_digits

EACH = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
BETWEEN = [
    "",
    " ",
    "-",
    ".",
    "_",
    "/",
    "\u00a0",
    "\u2009",
    "\u2011",
    "  ",
    "\u200b",
    "\n",
    "%20",
    "%2D",
    "\\n",
    "&nbsp;",
]
MANY = 6_000


def grouped(card: str, between: str) -> str:
    return between.join(card[place : place + 4] for place in range(0, len(card), 4))


@EACH
@pytest.mark.parametrize("between", BETWEEN)
def test_a_card_number_is_seen_whatever_stands_between_its_digits(card: str, between: str) -> None:
    assert card_found(f"paid with {grouped(card, between)}, he says")


@EACH
def test_a_card_number_is_seen_digit_by_digit_and_in_other_digits(card: str) -> None:
    assert card_found(" ".join(card))
    assert card_found("".join(chr(0x0660 + int(sign)) for sign in card)), "Arabic-Indic"
    assert card_found("".join(chr(0xFF10 + int(sign)) for sign in card)), "full width"
    assert card_found("".join(chr(0x1D7CE + int(sign)) for sign in card)), "mathematical"
    assert card_found("".join(chr(0x2460 + int(sign) - 1) if sign != "0" else "\u24ea" for sign in card)), "circled"


@EACH
def test_a_card_number_is_seen_inside_json_and_addresses(card: str) -> None:
    assert card_found(json.dumps({"a": {"b": [card]}}))
    assert card_found(json.dumps({"a": int(card)}))
    wide = "".join(chr(0xFF10 + int(sign)) for sign in card)
    assert card_found(json.dumps({"a": wide})), "escaped by JSON"
    assert card_found(f"/pay?note={quote(wide)}")
    assert card_found("".join(f"%3{sign}" for sign in card))
    assert card_found("".join(f"%253{sign}" for sign in card))
    assert card_found("".join(f"\\u003{sign}" for sign in card))
    assert card_found("".join(f"&#{48 + int(sign)};" for sign in card))


@EACH
@pytest.mark.parametrize("around", ["card{}", "{}x", "PAN:{};", "%B{}^DOE/J^2912", ";{}=2912", "<{}>", '"{}"', "é{}é"])
def test_a_card_number_is_seen_inside_longer_text(card: str, around: str) -> None:
    assert card_found(around.format(card))


def test_a_card_number_is_seen_beside_other_numbers() -> None:
    assert card_found("ticket 12 4111 1111 1111 1111 12/29 123")
    assert card_found("3782 822463 10005")
    assert card_found("4111-1111 1111-1111")


@pytest.mark.parametrize(
    "text",
    [
        "", "call +356 2134 5678 after 14:00", "round 4111111111111112", "0000 0000 0000 0000", "ends with 1111",
        "2026-03-02 14:30, staked 10.00 EUR of 250.00 EUR", "01890a5d-ac96-774b-bcce-b302099a8057",
        "41111111111111111111111111111111", "+4915123456788", "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819",
        "50.00 100.00 250.00 500.00 5000.00", "1795208400123", "20261120205641123456", "9" * 19,
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not card_found(text)


@given(st.text(alphabet="0123456789 -./x%u\\&#;4\uff14\u0664\u200b", max_size=120))
def test_any_text_is_answered_and_masking_leaves_no_card(text: str) -> None:
    masked = cards_masked(text)
    assert not card_found(masked)
    assert (masked != text) == card_found(text)


@given(st.from_regex(r"\A(4[0-9]{14}|5[1-5][0-9]{13}|3[47][0-9]{12}|62[0-9]{13,16})\Z"))
def test_any_number_of_a_scheme_with_its_check_digit_is_seen_and_with_another_not(digits: str) -> None:
    right = check_digit(digits)
    assert card_found(f"({digits}{right})")
    assert not any(card_found(f"({digits}{other})") for other in "0123456789" if other != right)


def test_masking_keeps_everything_else() -> None:
    text = "a 4111 1111 1111 1111 b ４１１１１１１１１１１１１１１１ c 4111111111111112"
    assert cards_masked(text) == "a [card number] b [card number] c 4111111111111112"


def test_the_place_in_parsed_data_is_told_without_a_digit() -> None:
    card = CARDS["visa"]
    assert card_place({"a": 1, "b": {"c": ["x", card]}}) == "b.c.1"
    assert card_place({"b": {"c": int(card)}}) == "b.c"
    assert card_place({"b": {card: "x"}}) == "b.key 1"
    assert card_place({"a": [1, 2.5, None, True, "x"]}) is None


# False positives, measured over the numbers of our own house. What has a shape of its own never errs; of plain long
# numbers the check digit and the schemes' beginnings leave a few in a hundred, which docs/cards.md tells.
COUNTRIES = (("DE", 18), ("SE", 20), ("AT", 16))


def never() -> dict[str, list[str]]:
    chance = random.Random(1)
    return {
        "our public ids": [public_id("pl") for _ in range(MANY)],
        "uuids of version 7, plain and as hex": [f"{uuid7()} {uuid7().hex}" for _ in range(MANY)],
        "uuids of version 4": [str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(MANY)],
        "digests": [f"{chance.getrandbits(256):064x}" for _ in range(MANY)],
        "phone numbers": [f"+{random_digits(chance, chance.randrange(8, 16))}" for _ in range(MANY)],
        "milliseconds": [str(1_795_000_000_000 + chance.randrange(10**12)) for _ in range(MANY)],
        "micro- and nanoseconds": [f"{1_795 * 10**12 + n} {1_795 * 10**15 + n}" for n in range(MANY)],
        "instants": [f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:{n % 60:02}:01.{n:06}Z" for n in range(MANY)],
        "ledger references": [f"D-{public_id('d')} W-{n:08} approval:{n} staff:{n}" for n in range(MANY)],
        "IBANs": [iban(chance, *country) for country in COUNTRIES for _ in range(3_000)],
        "amounts": [" ".join(f"{chance.randrange(10**6) / 100:.2f}" for _ in range(8)) for _ in range(MANY)],
    }  # fmt: skip


NEVER = never()


@pytest.mark.parametrize("kind", list(NEVER))
def test_the_numbers_of_our_own_house_are_left_alone(kind: str) -> None:
    wrong = [text for text in NEVER[kind] if card_found(text)]
    assert not wrong, f"{len(wrong)} of {len(NEVER[kind])}: {wrong[:5]}"


@pytest.mark.parametrize(
    ("size", "most"), [(13, 0.03), (14, 0.025), (15, 0.03), (16, 0.05), (17, 0.03), (19, 0.05), (20, 0)]
)
def test_of_plain_long_numbers_few_are_taken_for_a_card(size: int, most: float) -> None:
    chance = random.Random(size)
    share = sum(card_found(random_digits(chance, size)) for _ in range(MANY)) / MANY
    assert share <= most, share


@pytest.mark.parametrize(
    "text", ["4 1 " * 16_000, "4111 1111 1111 1112 " * 3_200, "４ " * 20_000, "4" * 64_000, "%34" * 20_000]
)
def test_a_body_full_of_digits_is_answered_soon(text: str) -> None:
    started = time.process_time()
    card_found(text)
    assert time.process_time() - started < 1.5
