"""Facts against the ledger, to the last digit: the same days, counted in both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection

from common.money import ZERO
from reporting.facts.types import LedgerTie

TITLES: Final = {
    "gaming": "Gaming accounts: stakes less wins, less contributions",
    "jackpot_win": "Jackpot wins",
    "real": "Real money of players",
    "bonus": "Bonus money of players",
    "held": "Held money of players",
    "owed": "What players owe",
    "players_games": "Gaming by players, and by games",
    "closing": "Closing balances",
}
_GAMING: Final = (
    "stake_real + stake_bonus - void_real - void_bonus - win_real - win_bonus + unwin_real + unwin_bonus - contribution"
)
_WHERE: Final = (
    "WHERE posted_day BETWEEN %(first)s AND %(last)s AND (%(brand)s::bigint IS NULL OR brand_id = %(brand)s)"
)
# One statement, one snapshot: facts and ledger are compared as far as they were read, while both go on.
_TIES: Final = f"""
    WITH reader AS (SELECT coalesce(max(commit_order), 0) AS upto FROM facts_reader),
    ledger AS MATERIALIZED (
        SELECT least(((t.booked_at AT TIME ZONE c.time_zone) - c.day_starts)::date, c.until_day - 1) AS day, e.currency,
               coalesce(sum(e.amount) FILTER (WHERE a.kind = 'gaming'), 0) AS gaming,
               coalesce(sum(e.amount) FILTER (WHERE a.player_id IS NOT NULL AND t.kind = 'jackpot_win'), 0)
                   AS jackpot_win,
               coalesce(sum(e.amount) FILTER (WHERE a.kind = 'player_real'), 0) AS real,
               coalesce(sum(e.amount) FILTER (WHERE a.kind = 'player_bonus'), 0) AS bonus,
               coalesce(sum(e.amount) FILTER (WHERE a.kind = 'player_hold'), 0) AS held,
               coalesce(sum(e.amount) FILTER (WHERE a.kind = 'player_receivable'), 0) AS owed
        FROM wallet_transaction t
        JOIN wallet_entry e ON e.transaction_id = t.id
        JOIN wallet_account a ON a.id = e.account_id
        JOIN players_player p ON p.id = t.player_id
        JOIN facts_calendar_span c ON c.brand_id = p.brand_id AND c.starts <= t.booked_at AND t.booked_at < c.ends
        WHERE t.commit_order >= %(low)s AND t.commit_order < least(%(high)s, (SELECT upto FROM reader))
          AND (%(brand)s::bigint IS NULL OR p.brand_id = %(brand)s)
        GROUP BY 1, 2
    ),
    sides AS (
        SELECT l.day, l.currency, n.name, 0 AS reported, n.amount AS ledger
        FROM ledger l CROSS JOIN LATERAL (VALUES ('gaming', gaming), ('jackpot_win', jackpot_win), ('real', real),
            ('bonus', bonus), ('held', held), ('owed', owed)) AS n(name, amount)
        WHERE l.day BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT f.posted_day, f.currency, n.name, n.reported, n.ledger
        FROM (SELECT posted_day, currency, sum({_GAMING}) AS gaming, sum(jackpot_win) AS jackpots
              FROM facts_play {_WHERE} GROUP BY posted_day, currency) f
        CROSS JOIN LATERAL (VALUES ('gaming', gaming, 0), ('jackpot_win', jackpots, 0), ('players_games', gaming, 0))
            AS n(name, reported, ledger)
        UNION ALL
        SELECT posted_day, currency, 'players_games', 0, sum({_GAMING}) FROM facts_game {_WHERE}
        GROUP BY posted_day, currency
        UNION ALL
        SELECT f.posted_day, f.currency, n.name, n.amount, 0
        FROM (SELECT posted_day, currency, sum(real) AS real, sum(bonus) AS bonus, sum(held) AS held, sum(owed) AS owed
              FROM facts_money {_WHERE} GROUP BY posted_day, currency) f
        CROSS JOIN LATERAL (VALUES ('real', real), ('bonus', bonus), ('held', held), ('owed', owed)) AS n(name, amount)
    )
    SELECT day, currency, name, sum(reported), sum(ledger) FROM sides GROUP BY day, currency, name
    ORDER BY day, currency, name
"""  # noqa: S608 - the only text put in is our own
_SPAN: Final = "SELECT min(low), max(high) + 1 FROM facts_span WHERE posted_day BETWEEN %(first)s AND %(last)s"
# What players' accounts stand at, but for what was not read yet, against the last closing balances.
_CLOSING: Final = """
    WITH reader AS (SELECT coalesce(max(commit_order), 0) AS upto FROM facts_reader),
    ledger AS (
        SELECT a.currency, sum(a.balance) AS amount FROM wallet_account a JOIN players_player p ON p.id = a.player_id
        WHERE %(brand)s::bigint IS NULL OR p.brand_id = %(brand)s GROUP BY a.currency
    ),
    unread AS (
        SELECT e.currency, sum(e.amount) AS amount
        FROM wallet_transaction t JOIN wallet_entry e ON e.transaction_id = t.id
        JOIN wallet_account a ON a.id = e.account_id JOIN players_player p ON p.id = a.player_id
        WHERE t.commit_order >= (SELECT upto FROM reader)
          AND (%(brand)s::bigint IS NULL OR p.brand_id = %(brand)s)
        GROUP BY e.currency
    ),
    closing AS (
        SELECT currency, sum(amount) AS amount FROM (
            SELECT DISTINCT ON (player_id, currency) currency, real + bonus + held + owed AS amount FROM facts_balance
            WHERE %(brand)s::bigint IS NULL OR brand_id = %(brand)s
            ORDER BY player_id, currency, posted_day DESC
        ) b GROUP BY currency
    )
    SELECT currency, coalesce(c.amount, 0), coalesce(l.amount, 0) - coalesce(u.amount, 0)
    FROM closing c FULL JOIN ledger l USING (currency) LEFT JOIN unread u USING (currency) ORDER BY currency
"""


class DayTie(NamedTuple):
    """One line of one day: what facts say, what the ledger says."""

    day: date
    currency: str
    name: str
    reported: Decimal
    ledger: Decimal


def day_ties(
    first: date, last: date, brand_id: int | None = None, *, low: int = 0, high: int = 2**62
) -> Iterator[DayTie]:
    """Every day, currency and line; `low` and `high` bound the commit orders that are read of the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(_TIES, {"first": first, "last": last, "brand": brand_id, "low": low, "high": high})
        for row in cursor.fetchall():
            yield DayTie(*row)


def closing_ties(brand_id: int | None = None) -> Iterator[LedgerTie]:
    """The last closing balances of all players against their accounts, by currency."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSING, {"brand": brand_id})
        for currency, reported, ledger in cursor.fetchall():
            yield LedgerTie(name=TITLES["closing"], currency=currency, reported=reported, ledger=ledger)


def facts_ledger_ties(first: date, last: date, brand_id: int | None = None) -> list[LedgerTie]:
    """Facts and ledger of posted days `first` to `last` (both included), line by line: each must come out at zero.

    Reads the ledger itself; a month of ten million entries takes seconds, not milliseconds.
    """
    bounds: dict[str, Any] = {"first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, bounds)
        low, high = cursor.fetchone() or (None, None)
    if low is None or high is None:
        return []
    sums: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for tie in day_ties(first, last, brand_id, low=low, high=high):
        reported, ledger = sums.get((tie.name, tie.currency), (ZERO, ZERO))
        sums[tie.name, tie.currency] = reported + tie.reported, ledger + tie.ledger
    return [
        LedgerTie(
            name=TITLES[name], currency=currency, reported=sums[name, currency][0], ledger=sums[name, currency][1]
        )
        for name, currency in sorted(sums, key=lambda key: (list(TITLES).index(key[0]), key[1]))
    ]
