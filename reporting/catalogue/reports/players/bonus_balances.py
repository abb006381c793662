"""Bonus money of each player: what there was, was granted, wagered, won and forfeited, and is left (R-03, G-82)."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount, money_ties
from reporting.catalogue.reports.pieces import CURRENCY, WHOSE, WHOSE_SQL, to
from reporting.catalogue.types import Query, Question, Report

_KINDS = {
    "granted": "f.kind = 'bonus_grant'",
    "wagered": "f.kind = 'bet'",
    "won": "f.kind IN ('win', 'jackpot_win')",
    "converted": "f.kind = 'bonus_conversion'",
    "forfeited": "f.kind = 'bonus_forfeit'",
    "others": "f.kind NOT IN ('bonus_grant', 'bet', 'win', 'jackpot_win', 'bonus_conversion', 'bonus_forfeit')",
}


def _query(question: Question) -> Query:
    asked = Asked(question)
    reach, filters = asked.reach("f"), asked.filtered(currency="f.currency", player_id="f.player_id")
    sums = ", ".join(f"coalesce(sum(f.bonus) FILTER (WHERE {sql}), 0) AS {name}" for name, sql in _KINDS.items())
    moves = ", ".join(f"coalesce(m.{name}, 0) AS {name}" for name in _KINDS)
    return asked.query(
        f"""
        WITH moved AS (
            SELECT f.player_id, f.currency, {sums} FROM facts_money f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND f.bonus <> 0 AND {reach} AND {filters} GROUP BY 1, 2
        ), closing AS (
            SELECT DISTINCT ON (f.player_id, f.currency) f.player_id, f.currency, f.bonus
            FROM facts_balance f WHERE f.posted_day <= %(last)s AND {reach} AND {filters}
            ORDER BY f.player_id, f.currency, f.posted_day DESC
        ), opening AS (
            SELECT DISTINCT ON (f.player_id, f.currency) f.player_id, f.currency, f.bonus
            FROM facts_balance f WHERE f.posted_day < %(first)s AND {reach} AND {filters}
            ORDER BY f.player_id, f.currency, f.posted_day DESC
        )
        SELECT {WHOSE_SQL}, c.currency, coalesce(o.bonus, 0) AS opening, {moves}, c.bonus AS closing
        FROM closing c
        JOIN players_player p ON p.id = c.player_id JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN opening o ON o.player_id = c.player_id AND o.currency = c.currency
        LEFT JOIN moved m ON m.player_id = c.player_id AND m.currency = c.currency
        WHERE m.player_id IS NOT NULL OR coalesce(o.bonus, 0) <> 0"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="bonus-balances",
    title="Bonus balances",
    about="Bonus money that can not be cashed: what it was, what moved it, what is left with each player.",
    family=Family.PLAYERS,
    ids=("R-03", "G-82"),
    columns=(
        *WHOSE, CURRENCY,
        amount("opening", "Opening"),
        amount("granted", "Issued"),
        amount("wagered", "Wagered"),
        amount("won", "Won"),
        amount("converted", "Converted to cash"),
        amount("forfeited", "Expired or forfeited"),
        amount("others", "Other"),
        amount("closing", "Closing"),
    ),
    key=("player_id", "currency"),
    query=_query,
    filters=OF_PLAYERS,
    ties=money_ties(_query, "closing - opening", "What moved on bonus accounts", ("player_bonus",)),
    drill=to("players_player", "player_id"),
)  # fmt: skip
