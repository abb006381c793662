"""What staff see of personal values before they say why they need them. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

DOTS: Final = "•••"
NOTHING: Final = "–"


def mask_email(email: str) -> str:
    """a•••@e•••.com: enough to compare with what a caller says, not enough to write to."""
    name, at, domain = email.partition("@")
    if not at:
        return DOTS if email else NOTHING
    host, dot, ending = domain.rpartition(".")
    return f"{name[:1]}{DOTS}@{(host or ending)[:1]}{DOTS}{dot}{ending if dot else ''}"


def mask_name(name: str) -> str:
    """A. M.: the initials."""
    return " ".join(f"{word[0]}." for word in name.split()) or NOTHING


def mask_phone(phone: str) -> str:
    """+3•••42: the first digit and the last two."""
    digits = [letter for letter in phone if letter.isdigit()]
    if not digits:
        return NOTHING
    shown = "".join(digits[-2:]) if len(digits) > 5 else ""
    return f"{'+' if phone.startswith('+') else ''}{digits[0]}{DOTS}{shown}"


def mask_birth_date(birth_date: date | None) -> str:
    """The year alone."""
    return f"{birth_date.year}-••-••" if birth_date else NOTHING


def mask_text(text: str) -> str:
    """The first letter: for address lines, cities and postcodes."""
    return f"{text[:1]}{DOTS}" if text else NOTHING
