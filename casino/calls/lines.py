"""One call as one line of PostgreSQL's COPY text format: what is appended to the spool goes to the table unread."""

from __future__ import annotations

import re
from typing import Final

from casino.calls.enums import Signature
from casino.calls.redaction import HEADER_KEYS, MAX_HEADER, answer_kept, body_kept, headers_kept, path_kept, text_kept
from casino.calls.types import CallEntry
from common.ids import uuid7

# The order of a line's fields. Files carry FORMAT in their names: a change here is a new one (spool/files.py).
FORMAT: Final = "v1"
COLUMNS: Final = (
    "id", "received_at", "call", "method", "path", "headers", "remote_address", "request_id", "provider_code",
    "key_id", "signature", "outcome", "error_class", "player", "provider_transaction_id",
    "original_transaction_id", "round_reference", "game_code",
    "status", "replayed", "edge_us", "database_us", "total_us",
    "body_form", "body_length", "body", "body_sha256", "answer",
)  # fmt: skip
_TEXTS: Final = COLUMNS.index("status")
# Longer than any ordinary call: then every field is cropped on its own.
_LONG: Final = 600
_MAX_TEXT: Final = 255
_MAX_LONG_TEXT: Final = 4000
_LONG_PLACES: Final = {COLUMNS.index("path"), COLUMNS.index("headers")}
_SPECIAL: Final = re.compile(r"[\x00\\\n\r]|[\ud800-\udfff]")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": "\\\\x00"})
_UNESCAPES: Final = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
_ESCAPED: Final = re.compile(r"\\[\\tnr]")
_INT4: Final = 2**31 - 1


def call_line(entry: CallEntry) -> bytes:
    """The line, with its newline. Nothing that may not be kept is in it (redaction.py)."""
    header = entry.headers.get
    values = [str(header(key, ""))[: MAX_HEADER + 1] for key in HEADER_KEYS]
    signature = entry.signature
    if signature == Signature.ABSENT and header("HTTP_X_SIGNATURE"):
        signature = Signature.UNCHECKED
    texts: tuple[str, ...] = (
        str(uuid7()),
        entry.received_at.isoformat(),
        entry.call,
        entry.method,
        path_kept(entry.path),
        headers_kept(tuple(values)),
        entry.remote_address,
        text_kept(entry.request_id),
        text_kept(entry.provider_code),
        text_kept(entry.key_id),
        signature.value,
        entry.outcome,
        entry.error_class,
        entry.player,
        entry.transaction_id,
        entry.original_transaction_id,
        entry.round_reference,
        entry.game_code,
    )
    try:
        line = "\t".join(texts)
    except TypeError:
        # A malformed body's field that is no text; what it holds may not be kept (redaction.py).
        texts = tuple(text if isinstance(text, str) else "" for text in texts)
        line = "\t".join(texts)
    if len(line) > _LONG or line.count("\t") != _TEXTS - 1 or _SPECIAL.search(line):
        line = "\t".join(_escaped(text, place) for place, text in enumerate(texts))
    return (line + _tail(entry)).encode()


def _tail(entry: CallEntry) -> str:
    """The fields that need no escaping: numbers, and bytes in hexadecimal."""
    length = max(entry.body_length, len(entry.body))
    form, body, sha256 = body_kept(entry.body, length)
    digest = "\\N" if sha256 is None else "\\\\x" + sha256.hex()
    return (
        f"\t{entry.status}\t{'t' if entry.replayed else 'f'}"
        f"\t{min(entry.edge_us, _INT4)}\t{min(entry.database_us, _INT4)}\t{min(entry.total_us, _INT4)}"
        f"\t{form.value}\t{min(length, _INT4)}\t\\\\x{body.hex()}\t{digest}"
        f"\t\\\\x{answer_kept(entry.answer).hex()}\n"
    )


def _escaped(text: str, place: int) -> str:
    cropped = text[: _MAX_LONG_TEXT if place in _LONG_PLACES else _MAX_TEXT]
    return cropped.encode("utf-8", "backslashreplace").decode().translate(_ESCAPES)


def line_values(line: bytes) -> list[str | None]:
    """The fields of one line as text, None for NULL. Raises ValueError when the line is damaged."""
    fields = line.decode().split("\t")
    if len(fields) != len(COLUMNS):
        raise ValueError(f"the line has {len(fields)} fields instead of {len(COLUMNS)}")
    return [None if field == "\\N" else _ESCAPED.sub(lambda found: _UNESCAPES[found[0]], field) for field in fields]
