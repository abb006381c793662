"""SEC-04: which texts contain a payment card number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from players.notes.card_numbers import has_card_number

CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "4222222222222")


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("between", ["", " ", "-", ".", "\u00a0", "\u2011", "  ", "\u200b", "\n"])
def test_a_card_number_is_seen_whatever_stands_between_its_digits(card: str, between: str) -> None:
    groups = between.join(card[place : place + 4] for place in range(0, len(card), 4))
    assert has_card_number(f"paid with {groups}, he says")


@pytest.mark.parametrize("card", CARDS)
def test_a_card_number_is_seen_digit_by_digit_and_in_other_digits(card: str) -> None:
    assert has_card_number(" ".join(card))
    assert has_card_number("".join(chr(0x0660 + int(sign)) for sign in card))
    assert has_card_number("".join(chr(0xFF10 + int(sign)) for sign in card))


def test_a_card_number_is_seen_beside_other_numbers() -> None:
    assert has_card_number("ticket 12 4111 1111 1111 1111 12/29 123")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call +356 2134 5678 after 14:00",
        "round 4111111111111112",
        "0000 0000 0000 0000",
        "ends with 1111",
        "2026-03-02 14:30, staked 10.00 EUR of 250.00 EUR",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "41111111111111111111111111111111",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not has_card_number(text)


@given(st.text(alphabet="0123456789 -./x", max_size=80))
def test_any_text_is_answered(text: str) -> None:
    assert has_card_number(text) in {True, False}


@given(st.text(alphabet="0123456789", min_size=12, max_size=18).filter(lambda digits: len(set(digits)) > 1))
def test_any_number_with_its_check_digit_is_seen(digits: str) -> None:
    for check in "0123456789":
        total = 0
        for place, sign in enumerate(reversed(digits + check)):
            value = int(sign) * (2 if place % 2 else 1)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            assert has_card_number(f"({digits + check})")
