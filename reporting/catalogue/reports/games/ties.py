"""Reports of play against the ledger's gaming accounts: what the games made is what those accounts moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from common.money import ZERO
from reporting.catalogue.enums import Basis
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.play import AMOUNTS
from reporting.catalogue.types import Query, Question, Tie

# The orders in which rows of these days were committed: the ledger's index on them serves, as it would no time.
_LEDGER: Final = """
    SELECT e.currency, sum(e.amount)
    FROM wallet_transaction t
    JOIN players_player p ON p.id = t.player_id
    JOIN wallet_entry e ON e.transaction_id = t.id
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'gaming'
    LEFT JOIN games_provider v ON v.code = a.scope
    LEFT JOIN play_leg l ON l.id = t.id
    LEFT JOIN play_round r ON r.id = l.round_id
    WHERE t.commit_order >= (SELECT min(s.low) FROM facts_span s WHERE s.posted_day BETWEEN %(first)s AND %(last)s)
      AND t.commit_order <= (SELECT max(s.high) FROM facts_span s WHERE s.posted_day BETWEEN %(first)s AND %(last)s)
      AND t.commit_order < (SELECT max(f.commit_order) FROM facts_reader f)
      AND facts_business_day(t.booked_at, p.brand_id) BETWEEN %(first)s AND %(last)s
"""


def gaming_ties(query: Callable[[Question], Query]) -> Callable[[Question], Sequence[Tie]]:
    """The ties of a report whose column `ggr` is what the gaming accounts moved.

    A line for each currency; none where amounts are converted, since the ledger keeps them as booked. By settlement,
    what these days' rounds moved on other days is taken off, and what these days moved of other rounds added: the
    ledger posts.
    """

    def ties(question: Question) -> Sequence[Tie]:
        if question.converted:
            return ()
        made = query(question)
        reported = _sums(f"SELECT currency, sum(ggr) FROM ({made.sql}) rows GROUP BY currency", made.parameters)  # noqa: S608 - our own text
        ledger = _ledger(question)
        name = "GGR and the gaming accounts"
        if question.basis is Basis.SETTLED:
            name += ", bridged to the days posted"
            for currency, bridge in _bridge(question).items():
                reported[currency] = reported.get(currency, ZERO) + bridge
        return tuple(
            Tie(name=name, currency=key, reported=reported.get(key, ZERO), ledger=ledger.get(key, ZERO))
            for key in sorted(reported.keys() | ledger.keys())
        )

    return ties


def _ledger(question: Question) -> dict[str, Decimal]:
    asked = Asked(question)
    filters = asked.filtered(currency="e.currency", provider_id="v.id", game_id="r.game_id", player_id="p.id")
    return _sums(f"{_LEDGER} AND {asked.reach('p')} AND {filters} GROUP BY e.currency", asked.parameters)


def _bridge(question: Question) -> dict[str, Decimal]:
    asked = Asked(question)
    posted = "f.posted_day BETWEEN %(first)s AND %(last)s"
    settled = asked.played("f")
    columns = {name: f"f.{name}" for name in ("currency", "provider_id", "game_id")}
    if question.player_id is not None:
        columns["player_id"] = "f.player_id"
    table = "facts_game" if question.player_id is None else "facts_play"
    return _sums(
        f"""SELECT f.currency, sum(CASE WHEN {posted} THEN 1 ELSE -1 END * ({AMOUNTS["ggr"]})) FROM {table} f
            WHERE ({posted} OR ({settled})) AND ({posted}) IS DISTINCT FROM ({settled})
              AND {asked.reach("f")} AND {asked.filtered(**columns)} GROUP BY f.currency""",  # noqa: S608 - our own text
        asked.parameters,
    )


def _sums(sql: str, parameters: Mapping[str, Any]) -> dict[str, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(parameters))
        return {currency: amount for currency, amount in cursor.fetchall() if currency is not None}
