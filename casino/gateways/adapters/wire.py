"""Reading what vendors send, with one rule: what can not be understood is a ValueError, and no card number passes.

Pure. Texts are cut, cleaned of control characters and emptied where they carry a card number (SEC-01, PCI DSS 3.4).
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import IO, Any, Final

from casino.gateways.enums import Standing
from casino.gateways.types import Payer, Reply
from common.cards import card_found
from common.currencies import CURRENCIES

MAX_TEXT: Final = 200
MAX_REFERENCE: Final = 100
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]+")
_DECIMAL: Final = re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]{1,18}))?", re.ASCII)
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T .](\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?)?"
    r"\s*(?:(Z)|([+-])(\d{2}):?(\d{2})?)?",
    re.ASCII,
)


class Number(str):
    """A number of a JSON text, spelt as it was sent: signatures are made over the spelling."""

    __slots__ = ()


def told(value: object, most: int = MAX_TEXT) -> str:
    """A foreign value as clean text; empty for what is no text or number, and for what carries a card number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    if isinstance(value, int) and abs(value) >= 10**most:
        return ""
    text = _CONTROLS.sub(" ", str(value)[:5000].encode("utf-8", "replace").decode()).strip()
    return "" if card_found(text) else text[:most]


def reference_of(value: object) -> str:
    """The vendor's name of a payment. Not looked at for card numbers: Adyen's and Nuvei's are sixteen and more bare
    digits, and one in ten of them has a right check digit by chance. Raises ValueError for another form."""
    if isinstance(value, bool) or not isinstance(value, str | int) or (isinstance(value, int) and abs(value) > 10**60):
        raise ValueError("a reference is neither text nor number")
    text = str(value)
    if len(text) > MAX_REFERENCE or not text.isprintable() or not text.isascii():
        raise ValueError("a reference has another form")
    return text.strip()


def ours(value: object) -> str:
    """Our own reference as the vendor repeats it; empty when he repeats none, or what can not be one of ours."""
    text = told(value, MAX_REFERENCE + 1)
    return text if len(text) <= MAX_REFERENCE and text.isascii() else ""


def digest_of(account: str) -> str:
    """The same for the same account, and not the account itself; empty for none."""
    return hashlib.sha256(account.encode()).hexdigest()[:40] if account else ""


def goes_out(reference: str) -> bool:
    """Whether one of our references names a payout (`W-…`), for vendors who tell both ways in the same words."""
    return reference.startswith("W")


def locale_of(payer: Payer, between: str) -> str:
    """The player's language and country as vendors want them: `sv-SE`, `sv_SE`."""
    parts = re.split(r"[-_]", payer.locale)
    return between.join([parts[0], parts[1] if len(parts) > 1 else payer.country])


def decimal_of(value: object) -> Decimal:
    """A plain decimal, signed or not, of at most fifteen integer digits. Raises ValueError."""
    match = _DECIMAL.fullmatch(str(value).strip()) if isinstance(value, str | int | Decimal) else None
    if match is None or isinstance(value, bool):
        raise ValueError("an amount is not a plain decimal")
    return Decimal(match.group())


def currency_of(value: object) -> str:
    """An upper-case currency code that we know. Raises ValueError."""
    if not isinstance(value, str) or value not in CURRENCIES:
        raise ValueError("a currency is unknown")
    return str(value)


def minor_from(amount: Decimal, digits: int) -> int:
    """An amount in the vendor's minor units. Raises ValueError when it has finer parts: nothing is ever rounded."""
    scaled = amount.scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"the amount has more than {digits} decimals")
    return int(scaled)


def moment_of(value: object) -> datetime | None:
    """A moment with its zone (UTC where none is told); None for another form: no fact hangs on it."""
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    parts = [int(part or 0) for part in match.group(1, 2, 3, 4, 5, 6)]
    offset = timedelta(hours=int(match.group(10) or 0), minutes=int(match.group(11) or 0))
    micro = int(((match.group(7) or "") + "000000")[:6])
    try:
        zone = timezone(-offset if match.group(9) == "-" else offset) if offset else UTC
        made = datetime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], micro, tzinfo=zone)
        return made.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_of(value: object) -> date:
    """The day of a moment or date as the file writes it, in the file's own zone. Raises ValueError."""
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("a date has another form")
    return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))


def _no_constant(text: str) -> object:
    raise ValueError(f"{text} is no JSON number")


def json_object(raw: bytes | str, *, spelt: bool = False) -> dict[str, Any]:
    """The JSON object in a body. `spelt` keeps numbers as they were written. Raises ValueError, whatever comes."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        if spelt:
            made = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_no_constant)
        else:
            made = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    if not isinstance(made, dict):
        raise ValueError("the body is not a JSON object")
    return made


def part_of(whole: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A part that must be an object. Raises ValueError."""
    part = whole.get(name)
    if not isinstance(part, dict):
        raise ValueError(f"{name} is missing or no object")
    return part


def csv_rows(file: IO[bytes], needed: Sequence[str], *, key: str = "") -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with a header, with their line numbers, one at a time.

    `needed` columns must be there (`key` lets preambles pass: the header is the first line that has this column).
    Raises ValueError that names the line.
    """
    reader = csv.reader(codecs.iterdecode(file, "utf-8-sig"), strict=True)
    header: list[str] = []
    try:
        for fields in reader:
            if not any(fields):
                continue
            if not header:
                if key and key not in fields:
                    continue
                header = [name.strip() for name in fields]
                missing = [name for name in needed if name not in header]
                if missing:
                    raise ValueError(f"line {reader.line_num}: no column {missing[0]!r}")
                continue
            if len(fields) > len(header):
                raise ValueError(f"line {reader.line_num}: more fields than columns")
            yield reader.line_num, dict(zip(header, [*fields, *[""] * (len(header) - len(fields))], strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise ValueError(f"line {reader.line_num + 1}: {error}") from error
    if not header:
        raise ValueError("line 1: no header")


def unsure(code: str, text: str = "") -> Reply:
    """Nobody knows what became of the call; the janitor asks."""
    return Reply(standing=Standing.UNKNOWN, code=code, text=text[:MAX_TEXT])


def refused(code: str, text: str = "", reference: str = "") -> Reply:
    """The vendor said no, or nothing was sent at all."""
    return Reply(standing=Standing.DECLINED, code=code, text=text[:MAX_TEXT], reference=reference)
