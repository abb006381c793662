"""The European Central Bank's daily rates: reading its XML, crossing it to another base. Pure; no network, no database.

A rate is units of a currency for one euro (1 EUR = 1.0705 USD). The format: a `gesmes:Envelope` that holds a `Cube`
for each day (`time`), which holds a `Cube` for each currency (`currency`, `rate`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from common.currencies import currency_get

MAX_FILE_BYTES: Final = 1 << 20
RATE_DECIMALS: Final = 12
EURO: Final = "EUR"
_ENVELOPE: Final = "{http://www.gesmes.org/xml/2002-08-01}Envelope"
_CUBE: Final = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"
_RATE: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CROSS: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)


class RatesFileError(ValueError):
    """The file is not what it should be; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class RatesDay:
    """The rates of one day: units of each currency for one unit of the base."""

    valid_on: date
    units: dict[str, Decimal]


def ecb_parse(data: bytes) -> list[RatesDay]:
    """Read an ECB file whole, oldest day first; the base is the euro. Raises RatesFileError, then nothing counts."""
    if len(data) > MAX_FILE_BYTES:
        raise RatesFileError(f"The file is larger than {MAX_FILE_BYTES} bytes: no ECB daily file is.")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise RatesFileError("The file declares a DTD or entities, which an ECB file never does: refused.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise RatesFileError(f"The file is not well-formed XML ({str(error).splitlines()[0]}).") from error
    if root.tag != _ENVELOPE:
        raise RatesFileError(f"The file's root is {root.tag[:80]!r}, not the ECB's gesmes:Envelope.")
    days = [_day(cube) for cube in root.findall(f"{_CUBE}/{_CUBE}")]
    if not days:
        raise RatesFileError("The file holds no day of rates.")
    if len({day.valid_on for day in days}) < len(days):
        raise RatesFileError("The file holds one day twice.")
    return sorted(days, key=lambda day: day.valid_on)


def _day(cube: Element) -> RatesDay:
    text = cube.get("time", "")
    try:
        valid_on = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        valid_on = None
    if valid_on is None:
        raise RatesFileError(f"{text[:40]!r} is not a day: YYYY-MM-DD is expected.")
    units: dict[str, Decimal] = {}
    for row in cube.findall(_CUBE):
        code = row.get("currency", "")
        if code == EURO or currency_get(code) is None:
            raise RatesFileError(f"{valid_on}: {code[:20]!r} is not a currency that we know beside the euro.")
        if code in units:
            raise RatesFileError(f"{valid_on}: {code} stands there twice.")
        units[code] = _rate(valid_on, code, row.get("rate", ""))
    if not units:
        raise RatesFileError(f"{valid_on}: no rates.")
    return RatesDay(valid_on, units)


def _rate(valid_on: date, code: str, text: str) -> Decimal:
    rate = Decimal(text) if _RATE.fullmatch(text) else Decimal(0)
    if rate <= 0:
        raise RatesFileError(f"{valid_on}: the rate of {code} is {text[:40]!r}, not a positive plain decimal.")
    return rate


def rebased(day: RatesDay, base: str) -> RatesDay:
    """The same day against another base, crossed through the euro: units per base = units per EUR ÷ base per EUR.

    Half-even to 12 decimals. With base EUR nothing is computed. Raises RatesFileError when the base has no rate,
    or a rate vanishes in the rounding.
    """
    if base == EURO:
        return day
    per_euro = day.units.get(base)
    if per_euro is None:
        raise RatesFileError(f"{day.valid_on}: no rate for {base}, the base currency.")
    step = Decimal(1).scaleb(-RATE_DECIMALS)
    everything = {EURO: Decimal(1), **day.units}
    units = {
        code: _CROSS.divide(rate, per_euro).quantize(step, context=_CROSS)
        for code, rate in everything.items()
        if code != base
    }
    if lost := [code for code, rate in units.items() if rate <= 0]:
        raise RatesFileError(f"{day.valid_on}: {', '.join(lost)} against {base} is below {RATE_DECIMALS} decimals.")
    return RatesDay(day.valid_on, units)
