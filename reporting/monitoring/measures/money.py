"""Money that must be right to the last digit, and business figures. Never a player's name or number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from reporting.monitoring.measures.types import Measure, Value
from reporting.monitoring.selectors.wallet_watch import negative_accounts, uncovered_holds, unequal_balances

_BREAKS: Final = "SELECT gateway, count(*) FROM settlements_break WHERE state IN ('open', 'explained') GROUP BY 1"
_OWED: Final = """
    SELECT currency, count(*) FROM wallet_account
    WHERE kind = 'player_receivable' AND balance < 0 GROUP BY 1
"""
_FX_AGE: Final = "SELECT '', (%(now)s::date - max(valid_on)) * 24 FROM wallet_fxrate HAVING max(valid_on) IS NOT NULL"
_JACKPOTS: Final = """
    SELECT p.code, count(*) FROM jackpots_jackpot j JOIN games_provider p ON p.id = j.provider_id
    JOIN wallet_account a ON a.kind = 'jackpot_pool' AND a.scope = j.code AND a.currency = j.currency
    JOIN LATERAL (SELECT sum(amount) AS pool FROM wallet_entry e WHERE e.account_id = a.id) s ON true
    WHERE s.pool < 0 GROUP BY 1
"""


def _by_currency(rows: Iterable[tuple[int, str]]) -> list[Value]:
    found: dict[str, int] = {}
    for _account, currency in rows:
        found[currency] = found.get(currency, 0) + 1
    return list(found.items()) or [("", 0)]


def _unequal(_now: datetime) -> list[Value]:
    return _by_currency((one.account, one.currency) for one in unequal_balances())


def _negative(_now: datetime) -> list[Value]:
    return _by_currency((one.account, one.currency) for one in negative_accounts())


def _uncovered(_now: datetime) -> list[Value]:
    return _by_currency((one.account, one.currency) for one in uncovered_holds())


MEASURES: Final = (
    Measure("balances_unequal", "Balances that differ from their entries", "accounts", _unequal, "currency"),
    Measure("balances_negative", "Player balances below zero", "accounts", _negative, "currency"),
    Measure("holds_uncovered", "Hold accounts that do not cover their holds", "accounts", _uncovered, "currency"),
    Measure("settlement_breaks", "Breaks of settlements that wait", "breaks", _BREAKS, "gateway"),
    Measure("fx_age_hours", "Age of the newest exchange rates", "h", _FX_AGE),
    Measure("players_owing", "Players who owe the house", "accounts", _OWED, "currency"),
)
