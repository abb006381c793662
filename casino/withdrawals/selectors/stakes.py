"""What was deposited and then staked with real money, in order of time: for the turnover of deposits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection

from casino.withdrawals.decisions.turnover import turnover_of
from casino.withdrawals.types import Turnover
from common.money import ZERO
from compliance.limits.enums import DepositState
from compliance.limits.models import DepositReservation

# Each bet falls between two deposits; rolled-back ones do not count. Rounds are found by their player's index.
_STAKES: Final = """
    SELECT width_bucket(l.booked_at, %(moments)s::timestamptz[]), g.category, sum(l.real)
    FROM play_round r JOIN play_leg l ON l.round_id = r.id JOIN games_game g ON g.id = r.game_id
    WHERE r.player_id = %(player)s AND r.currency = %(currency)s AND l.kind = 'bet' AND l.reversed_by_id IS NULL
      AND l.booked_at >= %(since)s
    GROUP BY 1, 2
"""


def turnover_since(
    *, player_id: int, currency: str, since: datetime, times: Decimal, weights: Mapping[str, str]
) -> Turnover:
    """Deposits booked after `since` (the last withdrawal) against real stakes after each; amounts of the wallet.

    `weights` is the share of a stake that counts, by category of game; 1 where it names none.
    """
    rows = DepositReservation.objects.filter(
        player_id=player_id, currency=currency, state=DepositState.SETTLED, ended_at__gt=since
    )
    deposits = sorted((row.ended_at, row.amount) for row in rows if row.ended_at is not None)
    if not deposits:
        return Turnover(required=ZERO, staked=ZERO, left=ZERO)
    moments = [moment for moment, _amount in deposits]
    staked: dict[int, Decimal] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STAKES, {"player": player_id, "currency": currency, "moments": moments, "since": moments[0]})
        for place, category, real in cursor.fetchall():
            share = Decimal(weights.get(category or "", "1"))
            staked[place] = staked.get(place, ZERO) + real * share
    pairs = [(amount, staked.get(place, ZERO)) for place, (_moment, amount) in enumerate(deposits, start=1)]
    return turnover_of(pairs, times)
