"""Refusals as vocabulary: one class per reason, with a stable code and named facts.

No HTTP here: each edge maps codes to its own words (wallet/api/statuses.py, the adapters of casino.play).
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is a word of the domain, not a program error
    """A typed no. `code` is part of public contracts and never changes its meaning.

    `recorded` says whether it is a determinate outcome, kept as the answer of its transaction id
    (wallet-api-v1 §4.1); `retry` tells the caller to repeat with the same id.
    """

    code: ClassVar[str]
    message: ClassVar[str]
    retry: ClassVar[bool] = False
    recorded: ClassVar[bool] = True

    def __init__(self, **details: str) -> None:
        super().__init__(self.message)
        self.details = details


class CardNumberRefused(Refusal):
    """SEC-04: card numbers are never kept, not even in a note. `place` tells which field it was in."""

    code = "card_number_refused"
    message = "This contains a payment card number: leave it out, at most give its last four digits."
    recorded = False


class BrokenPromise(RuntimeError):  # noqa: N818
    """An invariant does not hold: a programming error or damaged data, never a business refusal."""
