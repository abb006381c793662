import pytest
from hypothesis import given
from hypothesis import strategies as st

from casino.calls.enums import Signature
from casino.calls.lines import COLUMNS, call_line, line_values
from tests.casino.calls.entries import HEADERS, bet_entry


def fields(line: bytes) -> dict[str, str | None]:
    return dict(zip(COLUMNS, line_values(line.removesuffix(b"\n")), strict=True))


def test_no_signature_authorization_or_cookie_reaches_the_line() -> None:
    line = call_line(bet_entry())
    for secret in (b"93c86e0f", b"do-not-keep-me", b"Cookie", b"X-Signature"):
        assert secret not in line


def test_a_signature_that_nobody_checked_is_told_from_none() -> None:
    unsigned = {name: value for name, value in HEADERS.items() if name != "HTTP_X_SIGNATURE"}
    assert fields(call_line(bet_entry(signature=Signature.ABSENT)))["signature"] == "unchecked"
    assert fields(call_line(bet_entry(signature=Signature.ABSENT, headers=unsigned)))["signature"] == "absent"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=300), st.binary(max_size=200))
def test_any_text_and_any_bytes_make_one_line_that_reads_back(text: str, body: bytes) -> None:
    line = call_line(
        bet_entry(transaction_id=text, player=text, body=body, answer=body, headers={"CONTENT_TYPE": text})
    )
    assert line.count(b"\n") == 1
    assert b"\x00" not in line
    read = fields(line)
    expected = text[:255].encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
    assert read["provider_transaction_id"] in {expected, text}
    assert read["answer"] is not None
    if b"token" not in body:
        assert bytes.fromhex(read["answer"].removeprefix("\\x")) == body


def test_a_damaged_line_is_refused() -> None:
    with pytest.raises(ValueError, match="fields instead of"):
        line_values(b"half\ta line")


def test_a_field_that_is_no_text_leaves_nothing() -> None:
    read = fields(call_line(bet_entry(player={"email": "alice@example.com"}, transaction_id=17, round_reference=None)))
    assert (read["player"], read["provider_transaction_id"], read["round_reference"]) == ("", "", "")
    assert read["game_code"] == "sandbox-slot"
