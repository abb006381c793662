"""Measures out of facts, in the base currency at the rates of the days: summed in SQL, for formulas in Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection

# The same words for whoever writes SQL over facts_play or facts_game: each is a sum over rows.
PLAY_SQL: Final[Mapping[str, str]] = {
    "SC": "stake_real", "SB": "stake_bonus", "VC": "void_real", "VB": "void_bonus", "WC": "win_real - unwin_real",
    "WB": "win_bonus - unwin_bonus", "FW": "free_win", "PW": "promo_win", "JC": "contribution", "JW": "jackpot_win",
}  # fmt: skip
# And over facts_money.
MONEY_SQL: Final[Mapping[str, str]] = {
    "DEP": "CASE WHEN kind = 'deposit' THEN real + owed ELSE 0 END",
    "WD": "CASE kind WHEN 'withdrawal' THEN -held WHEN 'withdrawal_return' THEN -(real + owed) ELSE 0 END",
    "CB": "CASE WHEN kind IN ('chargeback', 'chargeback_reversal') THEN -(real + owed) ELSE 0 END",
    "BG": "CASE WHEN kind = 'bonus_grant' THEN bonus ELSE 0 END",
    "CV": "CASE WHEN kind = 'bonus_conversion' THEN -bonus ELSE 0 END",
    "FL": "CASE WHEN kind = 'bonus_forfeit' THEN -bonus ELSE 0 END",
}
_REACH: Final = """
    NOT f.is_test AND (%(brand)s::bigint IS NULL OR f.brand_id = %(brand)s)
    AND (%(jurisdiction)s = '' OR f.jurisdiction = %(jurisdiction)s)
"""


def _sums(words: Mapping[str, str], table: str, day: str, more: str = "") -> str:
    columns = ", ".join(f"coalesce(sum(({sql}) / r.rate), 0)" for sql in words.values())
    return f"""
        SELECT {columns} FROM {table} f JOIN facts_rate r ON r.day = f.{day} AND r.currency = f.currency
        WHERE f.{day} BETWEEN %(first)s AND %(last)s AND {_REACH} {more}
    """  # noqa: S608 - the only text put in is our own


_PLAY: Final = {
    False: _sums(PLAY_SQL, "facts_game", "posted_day"),
    True: _sums(PLAY_SQL, "facts_game", "settled_day"),
}
_MONEY: Final = _sums(MONEY_SQL, "facts_money", "posted_day")


def measures_between(
    first: date, last: date, *, brand_id: int | None = None, jurisdiction: str = "", settled: bool = True
) -> dict[str, Decimal]:
    """What facts tell of business days `first` to `last`, in the base currency, test accounts left out.

    Play by the day on which rounds were settled (or posted, with `settled` False), money by the day it was posted.
    Costs that facts do not know (PF, PSP, T, AD), rake and cash-back are zero here, for the caller to put in.
    """
    asked = {"first": first, "last": last, "brand": brand_id, "jurisdiction": jurisdiction}
    found = dict.fromkeys(("R", "FP", "CK", "FO", "PF", "PSP", "T", "AD"), Decimal(0))
    with connection.cursor() as cursor:
        for words, sql in ((PLAY_SQL, _PLAY[settled]), (MONEY_SQL, _MONEY)):
            cursor.execute(sql, asked)
            found |= dict(zip(words, cursor.fetchone() or (), strict=True))
    return found
