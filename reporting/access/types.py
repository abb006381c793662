"""What a client of the API is asked for with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientWish:
    """A client as two people agree to it. No brand is every brand, no jurisdiction every jurisdiction."""

    name: str
    scopes: tuple[str, ...]
    networks: tuple[str, ...]
    valid_until: datetime
    calls_per_minute: int = 120
    brands: tuple[int, ...] = ()
    jurisdictions: tuple[str, ...] = ()
