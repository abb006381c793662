"""Which digits are a payment card's number, and what looks like one and is none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SHORTEST: Final = 13
LONGEST: Final = 19
_IBAN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])")
_OPAQUE: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    r"|(?=[0-9a-fA-F]*[a-fA-F])(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}))(?![A-Za-z0-9])"
)


def is_card_number(digits: str) -> bool:
    """Whether 13 to 19 ASCII digits begin like a scheme's numbers and pass the Luhn check."""
    return SHORTEST <= len(digits) <= LONGEST and _scheme_takes(digits) and len(set(digits)) > 1 and _luhn(digits)


def _scheme_takes(digits: str) -> bool:
    """Whether a scheme issues numbers that begin so and are so long (the schemes' published ISO/IEC 7812 ranges)."""
    size, two, four = len(digits), int(digits[:2]), int(digits[:4])
    match digits[0]:
        case "2":  # Mastercard; Mir
            return (2221 <= four <= 2720 and size == 16) or (2200 <= four <= 2204 and size >= 16)
        case "3":  # American Express; Diners; JCB
            if two in {34, 37}:
                return size == 15
            return (3528 <= four <= 3589 and size >= 16) or (two in {30, 36, 38, 39} and size >= 14)
        case "4":  # Visa
            return size in {13, 16, 18, 19}
        case "5":  # Mastercard; Maestro, RuPay, Verve, Elo, Dankort
            return size == 16 if 51 <= two <= 55 else two in {50, 56, 57, 58} and size >= SHORTEST
        case "6":  # Discover, UnionPay, RuPay, Maestro, Hipercard, Troy
            return size >= 16 or (two in {60, 63, 67})
        case "8":  # UnionPay, RuPay
            return two in {81, 82} and size >= 16
        case "9":  # Troy
            return four == 9792 and size == 16
    return False


def _luhn(digits: str) -> bool:
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def exempt_spans(plain: str) -> Iterator[tuple[int, int]]:
    """What has a check of its own, or is made by chance: IBANs, UUIDs, digests."""
    for found in _OPAQUE.finditer(plain):
        yield found.span()
    for found in _IBAN.finditer(plain):
        text = found.group().replace(" ", "")
        moved = text[4:] + text[:4]
        if int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1:
            yield found.span()
