"""Columns, groups of movements and the ledger's side that reports of money have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from django.db import connection

from reporting.catalogue.enums import ColumnKind, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.types import Column, Query, Question, Tie

DAY: Final = Column(name="day", title="Day", kind=ColumnKind.DAY)
PLACES: Final = frozenset({
    FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.TEST_PLAYERS,
})  # fmt: skip
OF_PLAYERS: Final = PLACES | {FilterName.PLAYER}

# Movements of a player's four accounts by what they mean; "rollback" is a game's, or staff's where no game has part.
_PLAYED: Final = (
    "f.kind IN ('bet', 'win', 'rollback', 'jackpot_win', 'transfer_in', 'transfer_out')"
    " AND EXISTS (SELECT 1 FROM games_provider g WHERE g.code = f.scope)"
)
NET: Final = "f.real + f.bonus + f.held + f.owed"
_MOVES: Final = {
    "deposits": "f.kind = 'deposit'",
    "payments_back": "f.kind IN ('chargeback', 'chargeback_reversal', 'refund', 'refund_return', 'suspense')",
    "withdrawals": "f.kind = 'withdrawal'",
    "withdrawals_back": "f.kind = 'withdrawal_return'",
    "bonuses": "f.kind IN ('bonus_grant', 'bonus_conversion', 'bonus_forfeit')",
    "adjustments": f"f.kind = 'adjustment' OR f.kind = 'rollback' AND NOT ({_PLAYED})",
    "win_loss": _PLAYED,
    "conversions": "f.kind = 'conversion'",
}
MOVES: Final = (*_MOVES, "others")
MOVES_SQL: Final = ", ".join(
    f"coalesce(sum({NET}) FILTER (WHERE {condition}), 0) AS {name}"
    for name, condition in {**_MOVES, "others": " AND ".join(f"NOT ({one})" for one in _MOVES.values())}.items()
)


def amount(name: str, title: str, about: str = "", *, summed: bool = True, definition: str = "") -> Column:
    """Money in the row's currency."""
    return Column(name=name, title=title, kind=ColumnKind.MONEY, about=about, summed=summed, definition=definition)


MOVE_COLUMNS: Final = (
    amount("deposits", "Deposits"),
    amount("payments_back", "Chargebacks and refunds", "Less what came back of them."),
    amount("withdrawals", "Withdrawals"),
    amount("withdrawals_back", "Withdrawals that came back"),
    amount("bonuses", "Bonuses", "Granted, converted and forfeited."),
    amount("adjustments", "Adjustments", "And what staff reversed."),
    amount("win_loss", "Win or loss", "Of play, from the player's side: minus is what the house won."),
    amount("conversions", "Conversions", "Between currencies of one player."),
    amount("others", "Other"),
)

_LEDGER: Final = """
    SELECT e.currency, sum(e.amount)
    FROM wallet_transaction t
    JOIN wallet_entry e ON e.transaction_id = t.id
    JOIN wallet_account a ON a.id = e.account_id AND a.player_id IS NOT NULL
    JOIN players_player p ON p.id = a.player_id
    WHERE t.commit_order >= (SELECT min(s.low) FROM facts_span s WHERE s.posted_day BETWEEN %(first)s AND %(last)s)
      AND t.commit_order <= (SELECT max(s.high) FROM facts_span s WHERE s.posted_day BETWEEN %(first)s AND %(last)s)
      AND t.commit_order < (SELECT max(r.commit_order) FROM facts_reader r)
      AND facts_business_day(t.booked_at, p.brand_id) BETWEEN %(first)s AND %(last)s
"""


def money_ties(
    query: Callable[[Question], Query], figure: str, name: str, accounts: Sequence[str] = ()
) -> Callable[[Question], Sequence[Tie]]:
    """Ties of a figure (SQL over the report's columns) to what the ledger moved on players' accounts, by currency.

    `accounts` narrows the ledger's side to kinds of accounts.
    """

    def ties(question: Question) -> Sequence[Tie]:
        asked, own = Asked(question), query(question)
        only = "AND a.kind = ANY(%(tied)s)" if accounts else ""
        filters = asked.filtered(currency="e.currency", player_id="p.id")
        ledger = f"{_LEDGER} {only} AND {asked.reach('p')} AND {filters} GROUP BY e.currency"
        reported = _sums(f"SELECT currency, sum({figure}) FROM ({own.sql}) r GROUP BY currency", own)  # noqa: S608 - our own text
        booked = _sums(ledger, asked.query(ledger, tied=list(accounts)))
        return tuple(
            Tie(name=name, currency=one, reported=reported.get(one, Decimal(0)), ledger=booked.get(one, Decimal(0)))
            for one in sorted(reported.keys() | booked.keys())
        )

    return ties


def _sums(sql: str, query: Query) -> dict[str, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(sql, query.parameters)
        return {currency: total or Decimal(0) for currency, total in cursor.fetchall()}
