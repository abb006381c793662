"""What each player had, what moved, and what was left (R-01, G-80): opening plus movements is closing."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import (
    MOVE_COLUMNS,
    MOVES,
    MOVES_SQL,
    OF_PLAYERS,
    amount,
    money_ties,
)
from reporting.catalogue.reports.pieces import CURRENCY, WHOSE, WHOSE_SQL, to
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    reach, filters = asked.reach("f"), asked.filtered(currency="f.currency", player_id="f.player_id")
    moves = ", ".join(f"coalesce(m.{name}, 0) AS {name}" for name in MOVES)
    sums = " + ".join(f"coalesce(m.{name}, 0)" for name in MOVES)
    return asked.query(
        f"""
        WITH moved AS (
            SELECT f.player_id, f.currency, {MOVES_SQL} FROM facts_money f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {reach} AND {filters} GROUP BY 1, 2
        ), closing AS (
            SELECT DISTINCT ON (f.player_id, f.currency) f.player_id, f.currency, f.real, f.bonus, f.held, f.owed
            FROM facts_balance f WHERE f.posted_day <= %(last)s AND {reach} AND {filters}
            ORDER BY f.player_id, f.currency, f.posted_day DESC
        ), opening AS (
            SELECT DISTINCT ON (f.player_id, f.currency) f.player_id, f.currency,
                   f.real + f.bonus + f.held + f.owed AS total
            FROM facts_balance f WHERE f.posted_day < %(first)s AND {reach} AND {filters}
            ORDER BY f.player_id, f.currency, f.posted_day DESC
        ), waiting AS (
            SELECT f.player_id, f.currency,
                   sum(f.stake_real + f.stake_bonus - f.void_real - f.void_bonus - f.win_real - f.win_bonus
                       + f.unwin_real + f.unwin_bonus) AS total
            FROM facts_play f
            WHERE f.posted_day <= %(last)s AND (f.settled_day IS NULL OR f.settled_day > %(last)s)
              AND {reach} AND {filters} GROUP BY 1, 2
        )
        SELECT {WHOSE_SQL}, p.is_test, c.currency, coalesce(o.total, 0) AS opening, {moves},
               c.real + c.bonus + c.held + c.owed AS closing, c.real AS closing_real, c.bonus AS closing_bonus,
               c.held AS closing_held, c.owed AS closing_owed, coalesce(w.total, 0) AS open_rounds,
               coalesce(o.total, 0) + {sums} - (c.real + c.bonus + c.held + c.owed) AS difference
        FROM closing c
        JOIN players_player p ON p.id = c.player_id JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN opening o ON o.player_id = c.player_id AND o.currency = c.currency
        LEFT JOIN moved m ON m.player_id = c.player_id AND m.currency = c.currency
        LEFT JOIN waiting w ON w.player_id = c.player_id AND w.currency = c.currency
        WHERE m.player_id IS NOT NULL OR coalesce(o.total, 0) <> 0"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="player-account-summary",
    title="Player account summary",
    about="What each player had when the days began, everything that moved it, and what was left.",
    family=Family.PLAYERS,
    ids=("R-01", "G-80"),
    columns=(
        *WHOSE,
        Column(name="is_test", title="Test account", kind=ColumnKind.YES_NO),
        CURRENCY,
        amount("opening", "Opening"),
        *MOVE_COLUMNS,
        amount("closing", "Closing"),
        amount("closing_real", "of it real"),
        amount("closing_bonus", "bonus"),
        amount("closing_held", "held"),
        amount("closing_owed", "owed to us"),
        amount("open_rounds", "In open rounds", "Stakes less wins of rounds that were open when the last day ended."),
        amount("difference", "Difference", "Opening and movements less closing: zero, or the report is wrong."),
    ),
    key=("player_id", "currency"),
    query=_query,
    filters=OF_PLAYERS,
    ties=money_ties(_query, "closing - opening", "What moved on players' accounts"),
    drill=to("players_player", "player_id"),
)
