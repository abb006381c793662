"""What all formats have in common: plain amounts, moments, names, and tables of text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from casino.reconciliation.errors import StatementUnreadable
from casino.reconciliation.types import Bad, Told
from common.currencies import CURRENCIES

LINE_MOST: Final = 20_000
WHOLE_MOST: Final = 64 * 1024 * 1024
Row = Mapping[str, Any]


def amount_of(text: object, *, scale: int = 0) -> Decimal:
    """A plain amount that is not negative, shifted down by `scale` digits. Raises ValueError."""
    try:
        value = Decimal(str(text).strip()).scaleb(-scale)
    except InvalidOperation:
        raise ValueError(f"{str(text)[:40]!r} is no amount") from None
    if not value.is_finite() or value < 0 or value.adjusted() > 19 or abs(int(value.as_tuple().exponent)) > 18:
        raise ValueError(f"{str(text)[:40]!r} is no amount that can be kept")
    return value


def currency_of(text: object) -> str:
    """A currency that we know. Raises ValueError."""
    code = str(text).strip().upper()
    if code not in CURRENCIES:
        raise ValueError(f"{code[:10]!r} is no currency that we know")
    return code


def moment_of(text: object, zone: ZoneInfo) -> datetime:
    """A moment in UTC; one that tells no zone is in `zone`. Raises ValueError."""
    try:
        found = datetime.fromisoformat(str(text).strip().replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"{str(text)[:40]!r} is no moment") from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def milliseconds_of(number: object) -> datetime:
    """A moment from Unix milliseconds. Raises ValueError."""
    try:
        return datetime.fromtimestamp(int(str(number)) / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{str(number)[:40]!r} is no moment") from None


def name_of(text: object, what: str, *, needed: bool = True) -> str:
    """An opaque name of at most 255 characters. Raises ValueError."""
    name = "" if text is None else str(text).strip()
    if needed and not name:
        raise ValueError(f"{what} is missing")
    if len(name) > 255 or "\x00" in name:
        raise ValueError(f"{what} is longer than 255 characters")
    return name


def table(
    stream: BinaryIO, needed: Sequence[str], read: Callable[[int, dict[str, str]], Told | None]
) -> Iterator[Told | Bad]:
    """Rows of a CSV with a head; numbered as lines of the file. Raises StatementUnreadable."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    rows = csv.reader(text)
    try:
        head = [name.strip() for name in next(rows, [])]
    except csv.Error as problem:
        raise StatementUnreadable(why=str(problem)) from None
    if missing := [name for name in needed if name not in head]:
        raise StatementUnreadable(why=f"the head lacks {', '.join(missing)[:200]}")
    while True:
        number = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            text.detach()  # whoever opened the stream closes it
            return
        except csv.Error as problem:
            yield Bad(number, "", str(problem)[:300])
            continue
        if not cells:
            continue
        if len(cells) != len(head):
            yield Bad(number, ",".join(cells)[:LINE_MOST], f"{len(cells)} cells, the head has {len(head)}")
            continue
        try:
            told = read(number, dict(zip(head, cells, strict=True)))
        except ValueError as problem:
            yield Bad(number, ",".join(cells)[:LINE_MOST], str(problem)[:300])
        else:
            if told is not None:
                yield told


def objects(stream: BinaryIO, inside: Sequence[str], read: Callable[[int, Row], Told | None]) -> Iterator[Told | Bad]:
    """Objects of JSON documents one after the other, bare, in lists or under one of the names `inside`; numbered in
    their order. A document is held whole. Raises StatementUnreadable.
    """
    raw = stream.read(WHOLE_MOST + 1)
    if len(raw) > WHOLE_MOST:
        raise StatementUnreadable(why="longer than 64 MiB of JSON")
    text, at, number, decoder = raw.decode("utf-8-sig", errors="replace"), 0, 0, json.JSONDecoder(parse_float=Decimal)
    while (at := at + len(text[at : at + 4096]) - len(text[at : at + 4096].lstrip())) < len(text):
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as problem:
            raise StatementUnreadable(why=f"no JSON: {str(problem)[:200]}") from None
        for item in _items(found, inside):
            number += 1
            yield from understood(number, item, read)


def understood(number: int, item: object, read: Callable[[int, Row], Told | None]) -> Iterator[Told | Bad]:
    """What `read` makes of an object, or what is wrong with it."""
    shown = json.dumps(item, default=str, ensure_ascii=False)[:LINE_MOST]
    if not isinstance(item, dict):
        yield Bad(number, shown, "no object")
        return
    try:
        told = read(number, item)
    except ValueError as problem:
        yield Bad(number, shown, str(problem)[:300])
        return
    if told is not None:
        yield told


def _items(found: object, inside: Sequence[str]) -> Iterator[object]:
    if isinstance(found, list):
        yield from found
        return
    if isinstance(found, dict):
        for name in inside:
            if isinstance(found.get(name), list):
                yield from found[name]
                return
    yield found
