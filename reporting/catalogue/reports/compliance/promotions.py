"""What was given away, out of the ledger (R-24, G-86): offers and their terms arrive with the bonus engine."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import BRAND, CURRENCY, JURISDICTION, code, text, whole
from reporting.catalogue.types import Column, Query, Question, Report
from wallet.enums import TransactionKind

_KINDS: Final = {
    str(kind): str(kind.label)
    for kind in (TransactionKind.BONUS_GRANT, TransactionKind.BONUS_CONVERSION, TransactionKind.BONUS_FORFEIT)
}
_NAMES: Final = ", ".join(f"'{kind}'" for kind in _KINDS)


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="m.currency", state="m.kind")
    return asked.query(
        f"""
        SELECT m.posted_day AS day, b.code AS brand, m.jurisdiction, {words(_KINDS, "m.kind")} AS kind, m.scope,
               m.currency, count(DISTINCT m.player_id) AS players, sum(m.count) AS number, sum(m.bonus) AS bonus,
               sum(m.real) AS real
        FROM facts_money m JOIN players_brand b ON b.id = m.brand_id
        WHERE m.kind IN ({_NAMES}) AND m.posted_day BETWEEN %(first)s AND %(last)s AND {asked.reach("m")}
          AND {filters}
        GROUP BY m.posted_day, b.code, m.jurisdiction, m.kind, m.scope, m.currency"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="promotions",
    title="Promotions log",
    about=(
        "Bonuses granted, converted and forfeited, as booked. The platform has no bonus engine yet: offers, audiences"
        " and the terms that players accepted for them are not kept, and days without bookings show no activity."
    ),
    family=Family.COMPLIANCE,
    ids=("R-24", "G-86"),
    columns=(
        Column(name="day", title="Day", kind=ColumnKind.DAY),
        BRAND,
        JURISDICTION,
        text("kind", "What"),
        code("scope", "Reason"),
        CURRENCY,
        whole("players", "Players"),
        whole("number", "Bookings", summed=True),
        Column(name="bonus", title="Bonus", kind=ColumnKind.MONEY, summed=True),
        Column(name="real", title="Real money", kind=ColumnKind.MONEY, summed=True),
    ),
    key=("day", "brand", "jurisdiction", "kind", "scope", "currency"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND,
            FilterName.JURISDICTION,
            FilterName.CURRENCY,
            FilterName.STATE,
            FilterName.TEST_PLAYERS,
        }
    ),
    states=_KINDS,
)
