"""What a parser tells of a statement. No framework here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO
from zoneinfo import ZoneInfo

from casino.reconciliation.enums import LineKind, LineState


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line as understood. `of` is the transaction that it is about; a rollback's is its original."""

    number: int
    kind: LineKind
    state: LineState
    transaction_id: str = ""
    of: str = ""
    round_reference: str = ""
    player: str = ""
    game: str = ""
    amount: Decimal | None = None
    currency: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that can not be understood: where it stands, what it says, what is wrong with it."""

    number: int
    text: str
    problem: str


Parser = Callable[[BinaryIO, ZoneInfo], Iterator[Told | Bad]]
