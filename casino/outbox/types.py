"""Facts as their readers get them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casino.outbox.enums import FactName


@dataclass(frozen=True, slots=True, order=True)
class FactCursor:
    """A place in the order of commits; START is before everything."""

    commit_order: int = 0
    fact_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedFact:
    """One fact: its name, what tells it apart, whom it is about, and what else is known, as texts."""

    cursor: FactCursor
    name: FactName
    key: str
    player_id: int
    payload: Mapping[str, str]
    occurred_at: datetime


START = FactCursor()
