"""What is said to a transfer provider and what it says, free of any dialect. No framework here."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from casino.transfers.enums import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a provider is called, and with which key; the secret is never shown."""

    provider: str
    url: str
    key_id: str
    secret: bytes = field(repr=False)
    timeout_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who plays what: the player's public id, the game's code at the provider, our game session."""

    player: str
    currency: str
    game: str
    session: str
    language: str
    real: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer. `amount` and `currency` are what the provider says it moved, or holds; `note` is for people.

    `busy_ms` is how long it took; `url` opens the game. `differs`: two answers named two amounts.
    """

    standing: Standing
    amount: Decimal | None = None
    currency: str = ""
    note: str = ""
    url: str = ""
    busy_ms: int = 0
    differs: bool = False


class TransferAdapter(Protocol):
    """One dialect. Every call is made outside any transaction, raises nothing and answers in the provider's words.

    A movement is named by our `reference`, under which the provider moves money at most once. `UNKNOWN` is whatever
    is not a trustworthy answer: silence, errors of its server, what can not be read, a signature that does not hold.
    """

    def launch(self, site: Site, seat: Seat) -> Told:
        """Where the game opens; the player is made known to the provider when he is not yet."""
        ...

    def credit(self, site: Site, seat: Seat, reference: str, amount: Decimal) -> Told:
        """Move `amount` (> 0, in the seat's currency) to the player's wallet there."""
        ...

    def debit_all(self, site: Site, seat: Seat, reference: str) -> Told:
        """Take everything out of the player's wallet there; `amount` is how much that was, zero or more.

        Play that goes on is ended first. Under a reference that was done before, the first answer comes again.
        """
        ...

    def status(self, site: Site, seat: Seat, reference: str) -> Told:
        """What became of a movement: DONE with its amount, REFUSED, or ABSENT when it never arrived."""
        ...

    def balance(self, site: Site, seat: Seat) -> Told:
        """How much the player has there."""
        ...
