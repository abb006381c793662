"""Cases and statements as JSON and back, exactly: amounts and days are texts, and nothing unknown is taken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from affiliates.engine.errors import StatementRefused, TermsRefused

Kind = TypeVar("Kind")


def as_data(value: object) -> Any:
    """A case or statement as what JSON holds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_data(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [as_data(one) for one in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def as_json(value: object) -> str:
    """Canonical: sorted keys, no blanks. The same case gives the same bytes."""
    return json.dumps(as_data(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_data(kind: type[Kind], data: object, place: str = "") -> Kind:
    """What `as_data` wrote, as the dataclass again. Raises StatementRefused and names the place."""
    return cast("Kind", _read(kind, data, place or kind.__name__))


def _read(kind: Any, data: object, place: str) -> object:
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, data, place)
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if data is None else _read(next(part for part in parts if part is not type(None)), data, place)
    if origin is tuple:
        if not isinstance(data, list):
            raise StatementRefused(f"{place} must be a list.")
        kinds = [parts[0]] * len(data) if parts[-1] is Ellipsis else list(parts)
        if len(kinds) != len(data):
            raise StatementRefused(f"{place} must have {len(kinds)} parts.")
        return tuple(_read(one, item, f"{place}[{n}]") for n, (one, item) in enumerate(zip(kinds, data, strict=True)))
    return _leaf(kind, origin, parts, data, place)


def _leaf(kind: Any, origin: Any, parts: tuple[Any, ...], data: object, place: str) -> object:
    if origin is Literal:
        if data not in parts:
            raise StatementRefused(f"{place} must be one of {', '.join(parts)}.")
        return data
    if kind in (Decimal, date):
        if not isinstance(data, str):
            raise StatementRefused(f"{place} must be a text.")
        try:
            number = Decimal(data) if kind is Decimal else date.fromisoformat(data)
        except (InvalidOperation, ValueError):
            raise StatementRefused(f"{place} is no {'number' if kind is Decimal else 'day'}: {data[:40]}") from None
        if isinstance(number, Decimal) and not number.is_finite():
            raise StatementRefused(f"{place} is no number: {data[:40]}")
        return number
    if type(data) is not kind:
        raise StatementRefused(f"{place} must be a {kind.__name__}.")
    return data


def _dataclass(kind: type, data: object, place: str) -> object:
    if not isinstance(data, Mapping):
        raise StatementRefused(f"{place} must be an object.")
    hints = get_type_hints(kind)
    if unknown := data.keys() - hints.keys():
        raise StatementRefused(f"{place} has no {min(unknown)}.")
    try:
        return kind(**{name: _read(hints[name], item, f"{place}.{name}") for name, item in data.items()})
    except TypeError:
        missing = sorted(one.name for one in fields(cast("Any", kind)) if one.name not in data)
        raise StatementRefused(f"{place} lacks one of {', '.join(missing)}.") from None
    except TermsRefused as refused:
        raise StatementRefused(f"{place}: {refused}") from None
