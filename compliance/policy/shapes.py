"""What the value of a key looks like: the JSON that is stored, read into what Python works with, or refused in words.

Pure. `None` is a value too, where a key allows it: the jurisdiction has no such rule, and the fallback does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo, available_timezones

from common.currencies import CURRENCIES
from common.money import AmountError, amount_parse, decimal_text
from compliance.policy.errors import PolicyValueRefused
from compliance.policy.spans import Span, span_parse

PLAIN_NUMBER: Final = re.compile(r"(0|[1-9]\d{0,11})(\.\d{1,8})?")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{decimal_text(self.amount)} {self.currency}"


class Shape(Protocol):
    """A kind of value."""

    def read(self, value: Any) -> Any:
        """The value as Python works with it. Raises PolicyValueRefused."""
        ...

    def words(self, value: Any) -> str:
        """The value for people; `value` is what `read` accepted."""
        ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number of a unit."""

    unit: str
    least: int
    most: int

    def read(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise PolicyValueRefused(f"Write a whole number of {self.unit} from {self.least} to {self.most}.")
        return value

    def words(self, value: Any) -> str:
        return f"{value} {self.unit.removesuffix('s') if value == 1 else self.unit}"


@dataclass(frozen=True, slots=True)
class Number:
    """An exact decimal, stored as text."""

    unit: str
    least: Decimal
    most: Decimal

    def read(self, value: Any) -> Decimal:
        if not isinstance(value, str) or not PLAIN_NUMBER.fullmatch(value):
            raise PolicyValueRefused(f"Write a plain number of {self.unit}, such as 2.5.")
        if not self.least <= (number := Decimal(value)) <= self.most:
            raise PolicyValueRefused(f"Write a number of {self.unit} from {self.least} to {self.most}.")
        return number

    def words(self, value: Any) -> str:
        return f"{value} {self.unit}"


@dataclass(frozen=True, slots=True)
class Amount:
    """Money above zero: {"amount": "150", "currency": "EUR"}."""

    def read(self, value: Any) -> Money:
        if not isinstance(value, Mapping) or set(value) != {"amount", "currency"}:
            raise PolicyValueRefused("Write an amount and a currency.")
        currency = CURRENCIES.get(str(value["currency"]))
        if currency is None:
            raise PolicyValueRefused(f"The currency {str(value['currency'])[:12]!r} is not known.")
        try:
            amount = amount_parse(str(value["amount"]), currency)
        except AmountError as wrong:
            raise PolicyValueRefused(f"The amount {wrong}: write it such as 150.") from wrong
        if not isinstance(value["amount"], str) or amount <= 0:
            raise PolicyValueRefused("Write an amount above zero.")
        return Money(amount, currency.code)

    def words(self, value: Any) -> str:
        return f"{value['amount']} {value['currency']}"


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise PolicyValueRefused("Answer yes or no.")
        return value

    def words(self, value: Any) -> str:
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True)
class Word:
    """One of some words."""

    choices: tuple[str, ...]

    def read(self, value: Any) -> str:
        if value not in self.choices:
            raise PolicyValueRefused(f"Choose one of {', '.join(self.choices)}.")
        return str(value)

    def words(self, value: Any) -> str:
        return str(value).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Words:
    """Some of the words, each once, in the order of the list; none at all where `least` is 0."""

    choices: tuple[str, ...]
    least: int = 1

    def read(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) < self.least or any(word not in self.choices for word in value):
            raise PolicyValueRefused(f"Choose {self.least or 'any'} or more of {', '.join(self.choices)}.")
        if len(set(value)) != len(value):
            raise PolicyValueRefused("Name each word once.")
        return tuple(word for word in self.choices if word in value)

    def words(self, value: Any) -> str:
        return ", ".join(str(word).replace("_", " ") for word in value) or "none"


@dataclass(frozen=True, slots=True)
class Spans:
    """Lengths of time, each once: ["PT24H", "P7D", "P1M", "indefinite"]."""

    def read(self, value: Any) -> tuple[Span, ...]:
        if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
            raise PolicyValueRefused("Name one length of time or more, each once.")
        try:
            return tuple(span_parse(str(text)) for text in value)
        except ValueError as wrong:
            raise PolicyValueRefused(
                f"{str(wrong)[:20]!r} is no length of time: write PT24H, P7D, P6W, P1M, P5Y or indefinite."
            ) from wrong

    def words(self, value: Any) -> str:
        return ", ".join(Span(str(text)).words for text in value)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of the IANA list."""

    def read(self, value: Any) -> ZoneInfo:
        if not isinstance(value, str) or value not in available_timezones():
            raise PolicyValueRefused("Name a time zone such as Europe/Malta.")
        return ZoneInfo(value)

    def words(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Fields:
    """Several named values together. Those named in `optional` may be null."""

    parts: Mapping[str, Shape]
    optional: frozenset[str] = field(default_factory=frozenset)

    def read(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or set(value) != set(self.parts):
            raise PolicyValueRefused(f"Fill in {', '.join(self.parts)}, and nothing else.")
        read: dict[str, Any] = {}
        for name, shape in self.parts.items():
            if value[name] is None and name in self.optional:
                read[name] = None
                continue
            try:
                read[name] = shape.read(value[name])
            except PolicyValueRefused as refused:
                raise PolicyValueRefused(f"{name.replace('_', ' ').capitalize()}: {refused.message}") from refused
        return read

    def words(self, value: Any) -> str:
        told = [
            f"{name.replace('_', ' ')} {shape.words(value[name])}"
            for name, shape in self.parts.items()
            if value[name] is not None
        ]
        return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Bands:
    """An amount by age, from the age named on: [{"from_age": 18, "amount": "2", "currency": "GBP"}, …], rising."""

    def read(self, value: Any) -> tuple[tuple[int, Money], ...]:
        if not isinstance(value, list) or not value:
            raise PolicyValueRefused("Name at least one age with its amount.")
        bands: list[tuple[int, Money]] = []
        for line in value:
            if not isinstance(line, Mapping) or set(line) != {"from_age", "amount", "currency"}:
                raise PolicyValueRefused("Each band has an age, an amount and a currency.")
            age = Whole("years", 0, 120).read(line["from_age"])
            bands.append((age, Amount().read({"amount": line["amount"], "currency": line["currency"]})))
        ages = [age for age, _money in bands]
        if ages != sorted(set(ages)):
            raise PolicyValueRefused("Name each age once, the youngest first.")
        if len({money.currency for _age, money in bands}) > 1:
            raise PolicyValueRefused("All bands are in one currency.")
        return tuple(bands)

    def words(self, value: Any) -> str:
        return ", ".join(f"{line['amount']} {line['currency']} from {line['from_age']}" for line in value)
