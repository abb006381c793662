"""What a register is asked and what it answers. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from compliance.register.enums import ANSWERED, CLEAR, RegisterOutcome

BELIEVED: Final = timedelta(hours=24)  # an answer is asked for anew at least daily (UK-20), and at every sign-in


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is asked about. Never logged: `repr` shows nothing of it."""

    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    birth_date: date = field(repr=False)
    email: str = field(repr=False)
    postcode: str = field(repr=False)
    mobile: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a register answers; the key says who asks. `timeout_ms` bounds connecting and each wait for bytes."""

    url: str
    key: str = field(repr=False)
    timeout_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back over the wire, in our words; `reference` is the register's own number of the lookup."""

    outcome: RegisterOutcome
    latency_ms: int
    status: int | None = None
    reference: str = ""


# (person, site, trace): the trace stands in the register's log and names nobody.
Ask = Callable[[Person, Site, str], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """The answer to a check; `required` is False where the jurisdiction asks no register on this occasion."""

    required: bool
    register: str = ""
    outcome: str = ""
    lookup_id: int | None = None
    asked_at: datetime | None = None

    @property
    def may_play(self) -> bool:
        """Whether play is open as far as the register goes: what is not known is not open (UK-20)."""
        return not self.required or self.outcome in CLEAR

    @property
    def excluded(self) -> bool:
        """Whether the register said that the person is excluded now."""
        return self.outcome == RegisterOutcome.MATCH

    @property
    def known(self) -> bool:
        """Whether the register answered at all."""
        return not self.required or self.outcome in ANSWERED


NOT_REQUIRED: Final = RegisterAnswer(required=False)
