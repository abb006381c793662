"""What the risk score of a withdrawal looks at."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Sum

from casino.play.selectors.player_play import favourites_of_player
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.models import Withdrawal
from casino.withdrawals.types import CheckFacts, RiskFacts
from common.money import ZERO
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.limits.enums import DepositState
from compliance.limits.models import DepositReservation
from players.accounts.models import Device, PlayerSession
from players.models import Player

RECENT: Final = timedelta(days=3)
PERIOD: Final = timedelta(days=90)


def risk_facts(*, player: Player, checks: CheckFacts, before: datetime, own: int | None) -> RiskFacts:
    """The facts of a withdrawal asked for at `before`; `own` is left out of what was before."""
    earlier = Withdrawal.objects.filter(player=player).exclude(pk=own or 0)
    rejected = earlier.filter(state=WithdrawalState.REJECTED).count()
    since = last_withdrawal(player.pk, before, own) or before - PERIOD
    wins = favourites_of_player(player_id=player.pk, since=max(since, before - PERIOD), until=before)
    return RiskFacts(
        account_age=before - player.created_at,
        withdrawals_before=earlier.filter(state=WithdrawalState.PAID).count(),
        amount=checks.amount,
        deposited=deposited_since(player, player.created_at),
        biggest_win=wins.biggest_win,
        new_instrument=any(
            share.way.since is None or before - share.way.since < checks.numbers.cool_down
            for share in checks.split.shares
        ),
        new_device=_new_devices(player.pk, before),
        new_address=_new_addresses(player.pk, before),
        adjusted=adjusted_since(player.pk, since),
        chargebacks=checks.chargebacks,
        linked=len(checks.linked),
        rejected_before=rejected,
        turnover_left=checks.turnover.left,
        failed_sign_ins=_refused_sign_ins(player.pk, before),
    )


def last_withdrawal(player_id: int, before: datetime, own: int | None) -> datetime | None:
    """When the player's last withdrawal that left was asked for."""
    rows = Withdrawal.objects.filter(player_id=player_id, requested_at__lte=before, state=WithdrawalState.PAID)
    return rows.exclude(pk=own or 0).order_by("-requested_at").values_list("requested_at", flat=True).first()


def deposited_since(player: Player, since: datetime) -> Decimal:
    """Credited deposits in the wallet's currency."""
    rows = DepositReservation.objects.filter(player=player, state=DepositState.SETTLED, ended_at__gte=since)
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def adjusted_since(player_id: int, since: datetime) -> Decimal:
    """What was given by hand, in whichever currency; nothing taken lowers it."""
    rows = AuditEvent.objects.filter(player_id=player_id, name=EventName.BALANCE_ADJUSTED, occurred_at__gte=since)
    amounts = (Decimal(str((row.after or {}).get("amount", 0))) for row in rows.only("after")[:200])
    return sum((amount for amount in amounts if amount > ZERO), ZERO)


def _new_devices(player_id: int, before: datetime) -> bool:
    devices = list(Device.objects.filter(player_id=player_id).values_list("first_seen_at", flat=True))
    return len(devices) > 1 and any(before - seen < RECENT for seen in devices)


def _new_addresses(player_id: int, before: datetime) -> bool:
    rows = PlayerSession.objects.filter(player_id=player_id, ip__isnull=False, created_at__lte=before)
    recent = set(rows.filter(created_at__gt=before - RECENT).values_list("ip", flat=True))
    earlier = set(rows.filter(created_at__lte=before - RECENT).values_list("ip", flat=True)[:500])
    return bool(earlier) and bool(recent - earlier)


def _refused_sign_ins(player_id: int, before: datetime) -> int:
    rows = AuditEvent.objects.filter(
        player_id=player_id, name=EventName.PLAYER_SIGN_IN_REFUSED, occurred_at__gt=before - RECENT
    )
    return rows.count()
