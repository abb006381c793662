import pytest

from casino.calls.layout import laid_out


def test_json_is_indented_and_every_token_stays_as_it_was_sent() -> None:
    raw = b'{"amount":1.10, "amount":"1e9","tags":[],"nested":{"a":[1,{"b":"x:{,}\\"\\u0041"}]}}'
    assert laid_out(raw) == (
        '{\n  "amount": 1.10,\n  "amount": "1e9",\n  "tags": [],\n  "nested": {\n    "a": [\n      1,\n      {\n'
        '        "b": "x:{,}\\"\\u0041"\n      }\n    ]\n  }\n}'
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"", ""), (b"{]", "{]"), (b"\xff<b>", "\\xff<b>"), (b"{}", "{}"), (b"[" * 90_000, "[" * 90_000)],
)
def test_what_is_no_json_is_shown_as_it_is(raw: bytes, text: str) -> None:
    assert laid_out(raw) == text
