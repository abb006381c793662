"""The worked examples of docs/ledger.md as data: stories, their steps, and the entries that each step books."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"
STORY = re.compile(r"^### (?P<title>.+?)\n\nAlice plays in (?P<setting>.+)\n\n(?P<table>(?:\|.*\n)+)", re.MULTILINE)
COLUMN = re.compile(r"(?P<kind>[a-z_]+)(?: (?P<currency>[A-Z]{3}))?(?P<base>, in EUR)?")
PLAYER = {"real": "player_real", "bonus": "player_bonus", "held": "player_hold", "receivable": "player_receivable"}
HOUSE = {"clearing": "payment_clearing", "pool": "jackpot_pool", "funding": "jackpot_funding"}


@dataclass(frozen=True)
class Column:
    """One account of the chart in one currency; `base` where its base amounts are told."""

    kind: str
    currency: str
    base: bool


@dataclass(frozen=True)
class Step:
    """One row: what happens, and each column's amounts in the order of their entries."""

    what: str
    booked: dict[Column, list[Decimal]]


@dataclass(frozen=True)
class Story:
    """One example. `setting` is the sentence under its title."""

    title: str
    currency: str
    setting: str
    steps: list[Step]
    balance: dict[Column, Decimal]

    def __str__(self) -> str:
        return self.title


def stories() -> list[Story]:
    """Every worked example of the document, in its order."""
    return [_story(match) for match in STORY.finditer(DOCUMENT.read_text())]


def _story(match: re.Match[str]) -> Story:
    setting = match["setting"]
    head, _ruler, *rows = list(cells(match["table"]))
    columns = [column(text, setting[:3]) for text in head[1:]]
    steps = [Step(row[0], dict(zip(columns, map(amounts, row[1:]), strict=True))) for row in rows[:-1]]
    what, *left = rows[-1]
    assert what == "**balance**", f"{match['title']}: the last row must be the balance"
    balance = dict(zip(columns, (Decimal(text) for text in left), strict=True))
    return Story(match["title"], setting[:3], setting, steps, balance)


def column(text: str, currency: str) -> Column:
    """The account that a column's head names."""
    found = COLUMN.fullmatch(text)
    assert found is not None, f"the head {text!r} names no account"
    kind = PLAYER.get(found["kind"]) or HOUSE.get(found["kind"]) or found["kind"]
    return Column(kind, found["currency"] or currency, found["base"] is not None)


def amounts(text: str) -> list[Decimal]:
    """The signed amounts of a cell."""
    assert all(part[0] in "+-" for part in text.split()), f"{text!r}: amounts of entries carry their sign"
    return [Decimal(part) for part in text.split()]


def cells(table: str) -> Iterator[list[str]]:
    """The rows of a Markdown table, trimmed."""
    for line in table.strip().splitlines():
        yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def table_after(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its head."""
    text = DOCUMENT.read_text().partition(f"{heading}\n")[2]
    table = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert table is not None, f"no table below {heading!r}"
    return list(cells(table[0]))[2:]
