"""What the provider booked, as it keeps it: transactions and rounds, each with its moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """One transaction, or the end of a round (`kind` round). `original` is what a rollback undoes."""

    kind: str
    transaction_id: str
    player: str
    game: str
    round_id: str
    at: datetime
    amount: Decimal = Decimal(0)
    currency: str = ""
    original: str = ""
    state: str = "booked"


def booked_of(told: dict[str, str]) -> Booked:
    """A transaction from the words of an order. Raises KeyError and ValueError."""
    at = datetime.fromisoformat(told["at"])
    return Booked(
        kind=told["kind"], transaction_id=told.get("transaction_id", ""), player=told["player"],
        game=told.get("game", ""), round_id=told["round_id"], at=at.astimezone(UTC),
        amount=Decimal(told.get("amount") or 0), currency=told.get("currency", ""),
        original=told.get("original", ""), state=told.get("state", "booked"),
    )  # fmt: skip


def of_day(books: list[Booked], day: date) -> list[Booked]:
    """What belongs to a day in UTC, in the order of time."""
    return sorted((one for one in books if one.at.date() == day), key=lambda one: one.at)
