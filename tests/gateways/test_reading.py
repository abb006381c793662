"""Reading foreign texts: card numbers, amounts, moments, JSON and CSV, each at its edges."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from casino.gateways.adapters.wire import (
    csv_rows,
    day_of,
    decimal_of,
    digest_of,
    json_object,
    minor_from,
    moment_of,
    ours,
    reference_of,
    told,
)  # fmt: skip

# Numbers that schemes publish for tests.
CARDS = ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "2223003122003222"]


@pytest.mark.parametrize("number", CARDS)
def test_a_text_with_a_card_number_is_no_text(number: str) -> None:
    spaced = " ".join(number[start : start + 4] for start in range(0, len(number), 4))
    for text in (number, spaced, spaced.replace(" ", "-"), f"paid with {number}, thanks"):
        assert told(text) == "", text


@pytest.mark.parametrize("text", ["4111111111111112", "2190971587", "D-1", "", "411111111111", "Alice 1990-05-17"])
def test_what_is_no_card_number_passes(text: str) -> None:
    assert told(text) == text


def test_texts_are_cut_and_cleaned() -> None:
    assert told(" a\x00\nb\ud800 ") == "a b?"
    assert told("x" * 500) == "x" * 200
    assert (told(None), told(True), told(1.5), told(["a"]), told(7)) == ("", "", "", "", "7")
    assert told(10**500) == ""


def test_references_have_one_form() -> None:
    assert reference_of(7914073381342284) == "7914073381342284"
    others: list[object] = [None, True, 1.5, "x" * 101, "a\nb", "é", [], 10**70]
    for value in others:
        with pytest.raises(ValueError, match="reference"):
            reference_of(value)
    assert (ours("D-1"), ours("x" * 101), ours(CARDS[0]), ours(None)) == ("D-1", "", "", "")


@pytest.mark.parametrize(
    "text", ["", "1e3", "1,00", "0x1", "NaN", "١", "1.", ".5", "1" * 16, "--1", " ", "1." + "0" * 19]
)
def test_only_plain_decimals_are_amounts(text: str) -> None:
    with pytest.raises(ValueError, match="plain decimal"):
        decimal_of(text)


def test_amounts_are_exact() -> None:
    assert (decimal_of("-100.00"), decimal_of(7), decimal_of(Decimal("1.5"))) == (
        Decimal(-100),
        Decimal(7),
        Decimal("1.5"),
    )
    assert (minor_from(Decimal("25.00"), 2), minor_from(Decimal(2500), 0)) == (2500, 2500)
    with pytest.raises(ValueError, match="decimals"):
        minor_from(Decimal("0.001"), 2)


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T10:15:32Z", "2026-11-20T11:15:32+01:00", "2026-11-20 10:15:32+00", "2026-11-20.10:15:32",
     "2026-11-20 05:45:32-0430", " 2026-11-20 10:15:32 "],
)  # fmt: skip
def test_moments_are_read_in_the_vendors_forms(text: str) -> None:
    assert moment_of(text) == datetime(2026, 11, 20, 10, 15, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    "other",
    ["2026-13-20T10:15:32Z", "20.11.2026", "", None, 7, "0001-01-01T00:00:00+14:00", "2026-11-20T10:15:32+99:99"],
)
def test_what_is_no_moment_is_none_and_no_day_either(other: object) -> None:
    assert moment_of(other) is None


def test_days_are_the_files_own() -> None:
    assert day_of("2026-11-20 23:59:59+00") == date(2026, 11, 20)
    for broken in ("2026-02-30", "today", None):
        with pytest.raises(ValueError, match=r"."):
            day_of(broken)


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"7", b"null", b"{", b"\xff", b'{"a": NaN}', b'{"a": Infinity}', b"[" * 100_000]
)
def test_only_a_json_object_is_one(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        json_object(raw)


def test_a_file_is_read_row_by_row_and_not_at_once() -> None:
    class Endless(BytesIO):
        """Rows without end: whoever reads the file whole never comes back."""

        def __next__(self) -> bytes:
            return b"1,2\n"

    rows = csv_rows(Endless(b""), ())
    assert [next(rows)[1] for _ in range(3)] == [{"1": "1", "2": "2"}] * 3


def test_rows_have_their_line_and_preambles_pass() -> None:
    raw = '\ufeffReport of today\n\nId,Text\n1,"two\nlines"\n2\n'.encode()
    assert list(csv_rows(BytesIO(raw), ("Id",), key="Id")) == [
        (5, {"Id": "1", "Text": "two\nlines"}), (6, {"Id": "2", "Text": ""}),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="line 2: more fields"):
        list(csv_rows(BytesIO(b"Id\n1,2\n"), ("Id",)))
    with pytest.raises(ValueError, match="line 2"):
        list(csv_rows(BytesIO(b"Id\n\xff\n"), ("Id",)))


def test_an_account_is_known_again_by_a_digest_that_is_not_the_account() -> None:
    assert digest_of("SE3550000000054910000003") == digest_of("SE3550000000054910000003") != digest_of("SE36")
    assert "5000" not in digest_of("SE3550000000054910000003")
    assert digest_of("") == ""
