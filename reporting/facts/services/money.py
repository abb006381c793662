"""Facts of money: what each kind of transaction changed on players' accounts, and the balances that it left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import connection

from reporting.facts.columns import PLAYER, PURSE, added, listed, summed
from reporting.facts.selectors.sources import MONEY
from reporting.facts.types import Touched

_KEY: Final = ("posted_day", *PLAYER, "kind", "scope")
_INTO_MONEY: Final = f"""
    INSERT INTO facts_money ({listed(_KEY)}, count, {listed(PURSE)})
    SELECT {listed(_KEY)}, count(DISTINCT id), {summed(PURSE)} FROM {{source}} GROUP BY {listed(_KEY)}
"""  # noqa: S608 - the only text put in is our own
REBUILD: Final = _INTO_MONEY.format(source=f"({MONEY}) moved")
ADD: Final = f"""
    WITH moved AS MATERIALIZED ({MONEY}),
    money AS (
        {_INTO_MONEY.format(source="moved")}
        ON CONFLICT ON CONSTRAINT one_fact_of_money DO UPDATE
            SET count = facts_money.count + excluded.count, {added("facts_money", PURSE)}
    )
    SELECT posted_day, currency, player_id, min(commit_order), max(commit_order) FROM moved
    GROUP BY posted_day, currency, player_id
"""  # noqa: S608 - the only text put in is our own
_CLOSING: Final = f"""
    SELECT m.posted_day, m.brand_id, m.jurisdiction, m.currency, m.player_id, m.is_test,
           {", ".join(f"coalesce(o.{name}, 0) + sum(m.{name}) OVER w" for name in PURSE)}
    FROM ({{moved}}) m
    LEFT JOIN LATERAL (
        SELECT {listed(PURSE)} FROM facts_balance b
        WHERE b.player_id = m.player_id AND b.currency = m.currency AND b.posted_day < m.since
        ORDER BY b.posted_day DESC LIMIT 1
    ) o ON true
    WINDOW w AS (PARTITION BY m.player_id, m.currency ORDER BY m.posted_day)
"""  # noqa: S608 - the only text put in is our own
_OF_A_DAY: Final = f"""
    x.posted_day, x.currency, x.player_id, max(x.brand_id) AS brand_id, max(x.jurisdiction) AS jurisdiction,
    bool_or(x.is_test) AS is_test, {", ".join(f"sum(x.{name}) AS {name}" for name in PURSE)}
"""
_INTO_BALANCE: Final = f"""
    INSERT INTO facts_balance (posted_day, brand_id, jurisdiction, currency, player_id, is_test, {listed(PURSE)})
"""
# From the first day that was touched on: what was posted to an earlier day is in the balances of the later ones.
_SINCE: Final = f"""
    SELECT t.since, {_OF_A_DAY}
    FROM unnest(%(players)s::bigint[], %(currencies)s::text[], %(days)s::date[]) AS t(player, money, since)
    JOIN facts_money x ON x.player_id = t.player AND x.currency = t.money AND x.posted_day >= t.since
    GROUP BY t.since, x.player_id, x.currency, x.posted_day
"""  # noqa: S608 - the only text put in is our own
CARRY: Final = f"""
    {_INTO_BALANCE} {_CLOSING.format(moved=_SINCE)}
    ON CONFLICT ON CONSTRAINT one_closing_balance_a_day DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in PURSE)}
"""  # noqa: S608 - the only text put in is our own
CARRY_ALL: Final = _INTO_BALANCE + _CLOSING.format(
    moved=f"""
        SELECT coalesce(%(first)s::date, '-infinity') AS since, {_OF_A_DAY} FROM facts_money x
        WHERE (%(first)s::date IS NULL OR x.posted_day >= %(first)s)
          AND (%(brand)s::bigint IS NULL OR x.brand_id = %(brand)s)
        GROUP BY x.player_id, x.currency, x.posted_day"""  # noqa: S608 - the only text put in is our own
)


def money_add(parameters: Mapping[str, Any]) -> tuple[int, list[Touched]]:
    """Add the transactions that the parameters name and carry the balances on; returns players' days, and days."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, parameters)
        rows = cursor.fetchall()
    since: dict[tuple[int, str], date] = {}
    for day, currency, player, _low, _high in rows:
        since[player, currency] = min(day, since.get((player, currency), day))
    _carry(since)
    return len(rows), [Touched(day, currency, low, high) for day, currency, _player, low, high in rows]


def _carry(since: Mapping[tuple[int, str], date]) -> None:
    if not since:
        return
    players = [player for player, _currency in since]
    currencies = [currency for _player, currency in since]
    with connection.cursor() as cursor:
        cursor.execute(CARRY, {"players": players, "currencies": currencies, "days": list(since.values())})
