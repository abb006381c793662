"""Published test numbers of the schemes, and what surrounds and resembles card numbers."""

from __future__ import annotations

import random
from typing import Final

CARDS: Final = {
    "visa": "4111111111111111", "visa 13": "4222222222222", "visa 19": "4000000000000000006",
    "mastercard": "5555555555554444", "mastercard 2": "2223003122003222", "amex": "378282246310005",
    "discover": "6011111111111117", "diners": "36227206271667", "jcb": "3566002020360505",
    "unionpay": "6205500000000000004", "maestro": "6759649826438453", "mir": "2200000000000004",
    "troy": "9792000000000003",
}  # fmt: skip


def check_digit(digits: str) -> str:
    """The digit that makes the number pass the Luhn check."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def random_digits(chance: random.Random, size: int) -> str:
    """A number that does not begin with zero."""
    return str(chance.randrange(1, 10)) + "".join(str(chance.randrange(10)) for _ in range(size - 1))


def iban(chance: random.Random, country: str, size: int) -> str:
    """A valid IBAN of digits alone, the form that resembles a card the most."""
    account = "".join(str(chance.randrange(10)) for _ in range(size))
    moved = account + "".join(str(int(sign, 36)) for sign in country) + "00"
    return f"{country}{98 - int(moved) % 97:02}{account}"
