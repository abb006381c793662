"""What of a call may be kept: no secrets, no personal data. Pure functions; the rule in words is docs/call-log.md."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import lru_cache
from string import ascii_letters, digits
from typing import Final, NamedTuple

from casino.calls.enums import BodyForm

# Fields of wallet-api-v1 §3 and §7. Identifiers are opaque, so any text is theirs; words are short and plain.
IDENTIFIERS: Final = frozenset({
    "transaction_id", "original_transaction_id", "bet_transaction_id", "session_id", "player_id", "game_code",
    "round_id", "free_round_id", "jackpot_code",
})  # fmt: skip
WORDS: Final = frozenset({
    "amount", "currency", "jackpot_contribution", "round_closed", "occurred_at", "kind", "reason",
    "balance", "country", "language", "status", "session_expired", "credit",
})  # fmt: skip
SECRETS: Final = frozenset({"token"})
REDACTED: Final = '"[redacted]"'

MAX_BODY: Final = 64 * 1024
MAX_IDENTIFIER: Final = 255
MAX_SCALAR: Final = 64
MAX_HEADER: Final = 200
SHAPE_OF_TEXT: Final = 512
SHAPE_OF_LARGE: Final = 4096
# Members beyond this make a body a shape: nobody buys much of our time with one call.
MAX_MEMBERS: Final = 64

_WORD: Final = re.compile(r"[A-Za-z0-9_.:+-]{0,64}", re.ASCII)
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}", re.ASCII)
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_RUN: Final = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_VOCABULARY: Final = IDENTIFIERS | WORDS | SECRETS | {"true", "false", "null", "NaN", "Infinity"}
_MASK: Final = str.maketrans(ascii_letters + digits, "x" * len(ascii_letters) + "0" * len(digits))
_ESCAPE: Final = {code: f"\\x{code:02x}" for code in [*range(0x20), 0x7F]} | dict.fromkeys(range(0x80, 0x100), "?")
# Numbers stay the text they were: Python's own limit on digits must not make a body unreadable.
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)


def _plain_body() -> re.Pattern[bytes]:
    """An object of nothing but contract fields with harmless values: the body of an ordinary money call."""
    scalar = r"true|false|null|-?[0-9]{1,64}+(?:\.[0-9]{1,64}+)?"
    identifier = rf'"(?:{"|".join(sorted(IDENTIFIERS))})"\s*+:\s*+(?:"[ !#-\[\]-~]{{0,{MAX_IDENTIFIER}}}+"|{scalar})'
    word = rf'"(?:{"|".join(sorted(WORDS))})"\s*+:\s*+(?:"[A-Za-z0-9_.:+-]{{0,64}}+"|{scalar})'
    member = rf"(?:{identifier}|{word})\s*+"
    text = rf"\s*+\{{\s*+(?:{member}(?:,\s*+{member}){{0,{MAX_MEMBERS - 1}}}+)?\}}\s*+"
    return re.compile(text.replace(r"\s", r"[ \t\n\r]").encode())


_PLAIN_BODY: Final = _plain_body()


class Kept(NamedTuple):
    """The form, the bytes to keep, and the SHA-256 of the original where the kept bytes are not the original."""

    form: BodyForm
    body: bytes
    sha256: bytes | None


def body_kept(body: bytes, length: int) -> Kept:
    """Decide what of a request body is kept; `length` is its true length, which may exceed `len(body)`."""
    if not length:
        return Kept(BodyForm.EMPTY, b"", None)
    if length <= MAX_BODY:
        if _PLAIN_BODY.fullmatch(body):
            return Kept(BodyForm.EXACT, body, None)
        text = object_redacted(body, _request_value)
        if text is not None:
            kept = text.encode()
            if kept == body:
                return Kept(BodyForm.EXACT, body, None)
            return Kept(BodyForm.REDACTED, kept, hashlib.sha256(body).digest())
    digest = hashlib.sha256(body).digest() if len(body) == length else None
    return Kept(BodyForm.SHAPE, shape(body, SHAPE_OF_TEXT if length <= MAX_BODY else SHAPE_OF_LARGE), digest)


def answer_kept(answer: bytes) -> bytes:
    """Our own answer; only launch tokens (sandbox calls) are taken out of it."""
    if b"token" not in answer and len(answer) <= MAX_BODY:
        return answer
    text = object_redacted(answer, _answer_value) if len(answer) <= MAX_BODY else None
    return shape(answer, SHAPE_OF_LARGE) if text is None else text.encode()


def object_redacted(body: bytes, value_kept: Callable[[str, str], str]) -> str | None:
    """The text of a JSON object with the values that `value_kept(key, source)` gives; all else stays as sent.

    None when the bytes are not one JSON object in UTF-8, or have too many members.
    """
    try:
        return _walk(body.decode(), value_kept)
    except (ValueError, RecursionError):
        return None


def _walk(text: str, value_kept: Callable[[str, str], str]) -> str:
    pieces: list[str] = []
    copied, place = 0, _expect(text, 0, "{")
    if text[place : place + 1] == "}":
        return _finished(text, pieces, copied, place + 1)
    for _ in range(MAX_MEMBERS):
        key, after_key = _DECODER.raw_decode(text, place)
        if not isinstance(key, str):
            raise ValueError("a key is not a string")
        start = _expect(text, after_key, ":")
        _, end = _DECODER.raw_decode(text, start)
        pieces += (text[copied:place], _key_kept(key, text[place:after_key]), text[after_key:start])
        pieces.append(value_kept(key, text[start:end]))
        copied = end
        place = _SPACE.match(text, end).end()  # type: ignore[union-attr]  # matches always, maybe nothing
        if text[place : place + 1] == "}":
            return _finished(text, pieces, copied, place + 1)
        place = _expect(text, place, ",")
    raise ValueError("too many members")


def _finished(text: str, pieces: list[str], copied: int, end: int) -> str:
    if text[end:].strip(" \t\n\r"):
        raise ValueError("text after the object")
    return "".join([*pieces, text[copied:]])


def _expect(text: str, place: int, mark: str) -> int:
    """The place after `mark` and the white space around it."""
    place = _SPACE.match(text, place).end()  # type: ignore[union-attr]
    if text[place : place + 1] != mark:
        raise ValueError(f"{mark} expected")
    return _SPACE.match(text, place + 1).end()  # type: ignore[union-attr]


def _key_kept(key: str, source: str) -> str:
    return source if _KEY.fullmatch(key) else f'"[key of {len(key)} characters]"'


def _request_value(key: str, source: str) -> str:
    if key in SECRETS:
        return REDACTED
    if source[0] == '"':
        text = str(_DECODER.decode(source))
        harmless = (key in IDENTIFIERS and len(text) <= MAX_IDENTIFIER) or (key in WORDS and _WORD.fullmatch(text))
        return source if harmless else _stand_in(source, len(text))
    # true, false, null and numbers say no more than their field; objects and arrays have no place in the contract.
    harmless = key in IDENTIFIERS | WORDS and source[0] not in "[{" and len(source) <= MAX_SCALAR
    return source if harmless else _stand_in(source, len(source))


def _answer_value(key: str, source: str) -> str:
    if key in SECRETS:
        return REDACTED
    return _stand_in(source, len(source)) if source[0] in "[{" and '"token"' in source else source


def _stand_in(source: str, length: int) -> str:
    kind = {'"': "string", "[": "array", "{": "object"}.get(source[0], "value")
    return f'"[{kind} of {length} characters]"'


def shape(body: bytes, limit: int) -> bytes:
    """The first bytes with letters as x and digits as 0, but for words of the contract; control bytes as \\xNN.

    It shows where JSON breaks and tells nobody's name, address or token.
    """
    text = body[:limit].decode("latin-1")
    masked = _RUN.sub(lambda run: run[0] if run[0] in _VOCABULARY else run[0].translate(_MASK), text)
    return masked.translate(_ESCAPE).encode("ascii")


_HEADER_NAMES: Final = {
    "HTTP_X_TIMESTAMP": "X-Timestamp",
    "CONTENT_TYPE": "Content-Type",
    "CONTENT_LENGTH": "Content-Length",
    "HTTP_CONTENT_ENCODING": "Content-Encoding",
    "HTTP_TRANSFER_ENCODING": "Transfer-Encoding",
    "HTTP_ACCEPT": "Accept",
    "HTTP_USER_AGENT": "User-Agent",
}
HEADER_KEYS: Final = tuple(_HEADER_NAMES)
_HARMLESS: Final = re.compile(rf"[A-Za-z0-9 ._:;,=+*/()~|#-]{{0,{MAX_HEADER}}}", re.ASCII)


def text_kept(text: str) -> str:
    """A header's value if it is plain and at most MAX_HEADER characters, else only its length."""
    if _HARMLESS.fullmatch(text):
        return text
    return f"[{len(text)} characters]" if len(text) <= MAX_HEADER else f"[more than {MAX_HEADER} characters]"


@lru_cache(maxsize=512)
def headers_kept(values: tuple[str, ...]) -> str:
    """JSON object of the whitelisted headers, given their values in the order of HEADER_KEYS; empty ones left out."""
    names = _HEADER_NAMES.values()
    return json.dumps({name: text_kept(value) for name, value in zip(names, values, strict=True) if value})


def path_kept(path: str) -> str:
    """The path; the contract knows no query, so of one only the length is kept."""
    path, mark, query = path.partition("?")
    return path[:512] + (f"?[{len(query)} characters]" if mark else "")
