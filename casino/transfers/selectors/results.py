"""What the house won and lost in transfer games: the differences on gaming, for dashboards."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection

_RESULTS: Final = """
    SELECT p.brand_id, p.jurisdiction, p.is_test, sum(e.base_amount)
    FROM transfers_transfervisit v JOIN players_player p ON p.id = v.player_id
    JOIN wallet_hold h ON h.id = v.hold_id
    JOIN wallet_entry e ON e.transaction_id = h.ended_by_id
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'gaming'
    WHERE v.state = 'closed' AND v.closed_at >= %s AND v.closed_at < %s GROUP BY 1, 2, 3
"""


def transfer_results(*, start: datetime, end: datetime) -> dict[tuple[int, str, bool], Decimal]:
    """By brand, jurisdiction and sort of player, in the base currency: what came back in [start, end) booked on gaming,
    above zero where players lost."""
    with connection.cursor() as cursor:
        cursor.execute(_RESULTS, [start, end])
        return {(brand, jurisdiction, test): base for brand, jurisdiction, test, base in cursor.fetchall()}
