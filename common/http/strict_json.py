"""JSON as a contract wants it: one object, UTF-8, no duplicate keys, no NaN, no bottomless nesting."""

from __future__ import annotations

import json
from typing import Any, NoReturn

MAX_DEPTH = 16


class JsonError(ValueError):
    """The bytes are not the JSON that we accept; the text says why."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JsonError("a key appears twice")
    return found


def _constant(name: str) -> NoReturn:
    raise JsonError(f"{name} is not JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)


def json_object(body: bytes) -> dict[str, Any]:
    """Parse bytes into one JSON object. Raises JsonError with one sentence."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonError("the body is not UTF-8") from error
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise JsonError(f"the body nests deeper than {MAX_DEPTH}")
    try:
        found = _decoder.decode(text)
    except JsonError:
        raise
    except (ValueError, RecursionError) as error:
        raise JsonError("the body is not JSON") from error
    if not isinstance(found, dict):
        raise JsonError("the body is not a JSON object")
    return found


def _depth(text: str) -> int:
    """The deepest nesting, not counting brackets inside strings."""
    deepest = depth = 0
    inside = escaped = False
    for character in text:
        if inside:
            inside = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
