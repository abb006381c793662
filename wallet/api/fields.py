"""Reading the fields of a call, strictly: strings are strings, amounts are exact, nothing is coerced."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from casino.play.errors import InvalidAmount, UnsupportedCurrency
from common.currencies import Currency, currency_get
from common.money import AmountError, amount_parse
from wallet.api.errors import InvalidRequest

Body = dict[str, Any]
MAX_IDENTIFIER: Final = 255
MAX_TEXT: Final = 1000


def _text(body: Body, name: str, most: int) -> str | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidRequest(field=name, problem="must be a string")
    if not 1 <= len(value) <= most:
        raise InvalidRequest(field=name, problem=f"must have 1 to {most} characters")
    if "\x00" in value or (not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)):
        raise InvalidRequest(field=name, problem="has a character that can not be stored")
    return value


def identifier(body: Body, name: str) -> str:
    """A required opaque identifier of 1 to 255 characters, case-sensitive."""
    value = _text(body, name, MAX_IDENTIFIER)
    if value is None:
        raise InvalidRequest(field=name, problem="is missing")
    return value


def identifier_or_empty(body: Body, name: str) -> str:
    """An optional identifier; empty when absent or null."""
    return _text(body, name, MAX_IDENTIFIER) or ""


def text_or_empty(body: Body, name: str) -> str:
    """An optional longer text; empty when absent or null."""
    return _text(body, name, MAX_TEXT) or ""


def flag(body: Body, name: str) -> bool:
    """An optional boolean; false when absent or null."""
    value = body.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise InvalidRequest(field=name, problem="must be true or false")
    return value


def currency_of(body: Body) -> Currency:
    """The required currency. Raises UnsupportedCurrency for a code that is not known here."""
    found = currency_get(identifier(body, "currency"))
    if found is None:
        raise UnsupportedCurrency
    return found


def currency_or_none(body: Body) -> Currency | None:
    """The optional currency."""
    return None if body.get("currency") is None else currency_of(body)


def amount_of(body: Body, name: str, currency: Currency) -> Decimal:
    """A required amount in `currency`. Raises InvalidAmount for text that is not an exact plain decimal."""
    value = body.get(name)
    if value is None:
        raise InvalidRequest(field=name, problem="is missing")
    if not isinstance(value, str):
        raise InvalidRequest(field=name, problem="must be a string holding a plain decimal")
    try:
        return amount_parse(value, currency)
    except AmountError as error:
        raise InvalidAmount(field=name, problem=str(error)) from error


def amount_or_zero(body: Body, name: str, currency: Currency) -> Decimal:
    """An optional amount; zero when absent or null."""
    return Decimal(0) if body.get(name) is None else amount_of(body, name, currency)


def instant_or_none(body: Body, name: str) -> datetime | None:
    """An optional ISO 8601 instant with its offset."""
    value = _text(body, name, 64)
    if value is None:
        return None
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            raise InvalidRequest(field=name, problem="needs its offset from UTC, such as Z")
        return instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidRequest(field=name, problem="is not an ISO 8601 instant") from error


def choice(body: Body, name: str, allowed: tuple[str, ...], default: str) -> str:
    """An optional word out of a closed list."""
    value = _text(body, name, MAX_IDENTIFIER)
    if value is None:
        return default
    if value not in allowed:
        raise InvalidRequest(field=name, problem="must be one of " + ", ".join(allowed))
    return value
