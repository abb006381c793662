"""What the ledger and the deposits under way tell of a running period: what a counter begins with."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum

from common.money import ZERO
from compliance.limits.enums import DepositState
from compliance.limits.models import DepositReservation
from compliance.limits.periods import period_span
from compliance.limits.types import Count
from players.models import Player
from wallet.selectors.flows import flows_since


def count_from_ledger(*, player: Player, period: str, now: datetime) -> Count:
    """The running period, exact under the wallet's lock."""
    span = period_span(period, now, player.time_zone)
    flows = flows_since(player_id=player.pk, currency=player.currency, since=span.starts_at)
    return Count(
        period=period,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        wagered=flows.wagered,
        staked=flows.staked,
        won=flows.won,
        deposited=deposits_since(player=player, booked=flows.deposited, since=span.starts_at),
        withdrawn=flows.withdrawn,
    )


def deposits_since(*, player: Player, booked: Decimal, since: datetime) -> Decimal:
    """Deposits by the moment they were let in: those under way and booked ones, failed ones not.

    `booked` is what the ledger booked since then; of that, what was let in counts by the moment it was let in.
    """
    rows = DepositReservation.objects.filter(player=player)
    let_in = _sum(rows.exclude(state=DepositState.RELEASED).filter(reserved_at__gte=since))
    settled = _sum(rows.filter(state=DepositState.SETTLED, ended_at__gte=since))
    return booked - settled + let_in


def _sum(rows: QuerySet[DepositReservation]) -> Decimal:
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO
