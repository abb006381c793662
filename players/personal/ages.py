"""Ages on a calendar date. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

OLDEST: Final = 120


def age_on(birth_date: date, day: date) -> int:
    """Full years on a day; who was born on 29 February turns a year older on 1 March where there is no 29th."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
