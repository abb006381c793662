"""Accounts without a movement for long that still hold money (R-08)."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import CURRENCY, WHOSE, WHOSE_SQL, code, to, whole
from reporting.catalogue.types import Column, Query, Question, Report

MONTHS: Final = {"6": "6 months", "12": "12 months", "24": "24 months", "30": "30 months"}


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="f.currency", player_id="f.player_id")
    months = int(question.state or "12")
    return asked.query(
        f"""
        WITH newest AS (
            SELECT DISTINCT ON (f.player_id, f.currency) f.player_id, f.currency, f.posted_day, f.real, f.bonus, f.held
            FROM facts_balance f WHERE f.posted_day <= %(last)s AND {asked.reach("f")} AND {filters}
            ORDER BY f.player_id, f.currency, f.posted_day DESC
        ), moved AS (SELECT player_id, max(posted_day) AS day FROM newest GROUP BY 1)
        SELECT {WHOSE_SQL}, p.status, x.currency, m.day AS last_moved, %(last)s::date - m.day AS days, x.real, x.held,
               x.bonus
        FROM newest x JOIN moved m ON m.player_id = x.player_id
        JOIN players_player p ON p.id = x.player_id JOIN players_brand b ON b.id = p.brand_id
        WHERE x.real + x.held > 0 AND m.day <= %(last)s::date - make_interval(months => %(months)s)""",  # noqa: S608 - our own text
        months=months,
    )


REPORT = Report(
    code="dormant-accounts",
    title="Dormant accounts with balance",
    about="Players whose money did not move for a year, or for the months chosen, and who still have some.",
    family=Family.PLAYERS,
    ids=("R-08",),
    columns=(
        *WHOSE, code("status", "Status"), CURRENCY,
        Column(name="last_moved", title="Last movement", kind=ColumnKind.DAY), whole("days", "Days since"),
        amount("real", "Real"), amount("held", "Held"), amount("bonus", "Bonus"),
    ),
    key=("player_id", "currency"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=MONTHS,
    drill=to("players_player", "player_id"),
    as_of_only=True,
)  # fmt: skip
