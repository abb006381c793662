"""JSON as the contract wants it: whatever the bytes, one object or one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.http.strict_json import MAX_DEPTH, JsonError, json_object

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "not JSON"), (b"nonsense", "not JSON"), (b'{"a":1', "not JSON"), (b"{'a':1}", "not JSON"),
        (b'{"a":1}x', "not JSON"), (b'{"a":1}{"b":2}', "not JSON"), (b'{"a":"\n"}', "not JSON"), (b"{,}", "not JSON"),
        (b'{"a":NaN}', "NaN is not JSON"), (b'{"a":-Infinity}', "-Infinity is not JSON"), (b"[1]", "not a JSON object"),
        (b'"text"', "not a JSON object"), (b"null", "not a JSON object"), (b'{"a":1,"a":1}', "a key appears twice"),
        (b'{"x":{"a":1,"a":2}}', "a key appears twice"), (b'{"a":1,"\\u0061":2}', "a key appears twice"),
        (b'{"a":"\xff"}', "not UTF-8"), (b"\xff\xfe{\x00}\x00", "not UTF-8"), (b'\xef\xbb\xbf{"a":1}', "not JSON"),
        (b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}", "nests deeper"), (b"[" * 60_000, "nests deeper"),
        (b'{"a":' * 20 + b"1" + b"}" * 20, "nests deeper"),
    ],
)  # fmt: skip
def test_what_is_no_such_object_is_refused_with_a_sentence(body: bytes, problem: str) -> None:
    with pytest.raises(JsonError, match=problem):
        json_object(body)


def test_a_number_of_many_digits_is_refused_and_not_computed() -> None:
    with pytest.raises(JsonError):
        json_object(b'{"a":' + b"9" * 60_000 + b"}")


@given(value=st.dictionaries(st.text(), VALUES, max_size=5))
def test_what_json_writes_is_read_back(value: dict[str, Any]) -> None:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        assert json_object(body) == value
    except JsonError as error:
        assert "UTF-8" in str(error) or "deeper" in str(error)  # noqa: PT017 - either is right for such a value


@given(body=st.binary(max_size=200))
def test_any_bytes_are_an_object_or_a_sentence(body: bytes) -> None:
    try:
        assert isinstance(json_object(body), dict)
    except JsonError as error:
        assert str(error)  # noqa: PT017 - the sentence is what a caller reads


def test_brackets_inside_texts_are_no_nesting() -> None:
    text = '[{"' * 500
    assert json_object(json.dumps({"a": text}).encode()) == {"a": text}
    assert json_object(json.dumps({"a": '\\"[' * 100}).encode()) == {"a": '\\"[' * 100}
    deepest = '{"a":' * (MAX_DEPTH - 1) + "{}" + "}" * (MAX_DEPTH - 1)
    assert json_object(deepest.encode())
