"""Lists of rounds against the ledger: what the rounds tell is what their calls moved on the players' accounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import connection

from reporting.catalogue.types import Query, Question, Tie


def round_ties(query: Callable[[Question], Query]) -> Callable[[Question], Sequence[Tie]]:
    """Ties of a report with `round_id`, `currency` and `net` (staked less won): a line for each currency."""

    def ties(question: Question) -> Sequence[Tie]:
        made = query(question)
        sql = f"""
            WITH told AS MATERIALIZED (SELECT round_id, currency, net FROM ({made.sql}) rows)
            SELECT t.currency, sum(t.net),
                   (SELECT coalesce(-sum(e.amount), 0)
                    FROM told x JOIN play_leg l ON l.round_id = x.round_id
                    JOIN wallet_entry e ON e.transaction_id = l.id
                    JOIN wallet_account a ON a.id = e.account_id AND a.player_id IS NOT NULL
                    WHERE x.currency = t.currency)
            FROM told t GROUP BY t.currency ORDER BY t.currency"""  # noqa: S608 - our own text
        with connection.cursor() as cursor:
            cursor.execute(sql, dict(made.parameters))
            return tuple(
                Tie(name="Rounds and the players' accounts", currency=currency, reported=reported, ledger=ledger)
                for currency, reported, ledger in cursor.fetchall()
            )

    return ties
