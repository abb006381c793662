"""What the house owes: players' cash and bonus, withdrawals under way, open rounds, jackpots; the bank beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings

from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.types import Question
from reporting.dashboards.selectors.rows import in_base, rows_of
from wallet.enums import AccountKind
from wallet.selectors.accounts import house_balances


def balances_by_day(question: Question) -> list[dict[str, Any]]:
    """Players' four accounts at the end of each day, in the base currency at that day's rate.

    The sum of all movements until then, from the facts: it ties to the ledger to the cent.
    """
    asked = Asked(question)
    each, rates = in_base(asked, "c", "d.day")
    sums = ", ".join(f"coalesce(sum(c.{name} / {each}), 0) AS {name}" for name in ("real", "bonus", "held", "owed"))
    sql = f"""
        WITH moved AS MATERIALIZED (
            SELECT greatest(f.posted_day, %(first)s::date - 1) AS day, f.currency, sum(f.real) AS real,
                   sum(f.bonus) AS bonus, sum(f.held) AS held, sum(f.owed) AS owed
            FROM facts_money f WHERE f.posted_day <= %(last)s AND {asked.reach("f")} GROUP BY 1, 2
        ), closing AS (
            SELECT d.day, m.currency, sum(m.real) AS real, sum(m.bonus) AS bonus, sum(m.held) AS held,
                   sum(m.owed) AS owed
            FROM (SELECT generate_series(%(first)s::date, %(last)s::date, '1 day')::date AS day) d
            JOIN moved m ON m.day <= d.day GROUP BY 1, 2
        )
        SELECT d.day, {sums},
               count(*) FILTER (WHERE {each} IS NULL AND c.real + c.bonus + c.held <> 0) AS unpriced
        FROM closing c JOIN (SELECT DISTINCT day FROM closing) d ON d.day = c.day {rates}
        GROUP BY 1 ORDER BY 1"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)


def open_rounds(question: Question) -> dict[str, Decimal]:
    """Stakes less wins of rounds that were open when the last day ended, in the base currency: "stakes" and "bets"."""
    asked = Asked(question)
    each, rates = in_base(asked, "f", "f.posted_day")
    sql = f"""
        SELECT coalesce(sum((f.stake_real + f.stake_bonus - f.void_real - f.void_bonus - f.win_real - f.win_bonus
                   + f.unwin_real + f.unwin_bonus) / {each}), 0) AS stakes, coalesce(sum(f.bets), 0) AS bets
        FROM facts_game f {rates}
        WHERE f.posted_day <= %(last)s AND (f.settled_day IS NULL OR f.settled_day > %(last)s)
          AND {asked.reach("f")}"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)[0]


def house_now() -> dict[str, Decimal]:
    """Jackpot pools (owed) and the bank (held) now, both as positive sums in the base currency at the newest rates.

    House-wide: no account of the house belongs to a brand. A currency without any rate is left out of the sums.
    """
    accounts = rows_of(
        "SELECT id, kind, currency FROM wallet_account WHERE kind IN (%(pool)s, %(bank)s) AND player_id IS NULL",
        {"pool": AccountKind.JACKPOT_POOL, "bank": AccountKind.BANK},
    )
    newest = "SELECT DISTINCT ON (currency) currency, rate FROM facts_rate ORDER BY currency, day DESC"
    rates = {row["currency"]: row["rate"] for row in rows_of(newest, {})} | {settings.BASE_CURRENCY: Decimal(1)}
    balances = house_balances([row["id"] for row in accounts]) if accounts else {}
    found = {"jackpot_pool": Decimal(0), "bank": Decimal(0)}
    for row in accounts:
        if rate := rates.get(row["currency"]):
            found[row["kind"]] += balances.get(row["id"], Decimal(0)) / rate
    return found | {"bank": -found["bank"]}  # the house's side of the ledger: what it holds is negative there
