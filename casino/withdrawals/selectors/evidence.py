"""What stands beside a withdrawal in the queue: the player's money, play, standing and neighbours in the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from casino.cashier.models import Deposit
from casino.play.models import Round
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.models import Withdrawal
from casino.withdrawals.selectors.facts import linked_of, turnover_now
from casino.withdrawals.selectors.numbers import numbers_of, rule_in_force
from casino.withdrawals.selectors.risk import adjusted_since, deposited_since, last_withdrawal
from casino.withdrawals.selectors.ways import ways_of
from casino.withdrawals.types import Turnover, Way
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.standing import in_force
from compliance.gate.models import Flag
from compliance.harm.models import Case
from compliance.kyc.enums import Level
from compliance.kyc.models import KycState
from players.accounts.models import Device, PlayerSession

SHOWN: Final = 15
RECENT: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything of back-office §4.3 that is not in the withdrawal itself. Amounts in the wallet's currency."""

    since: datetime
    ways: tuple[Way, ...]
    turnover: Turnover
    deposited: Decimal
    deposits: tuple[Deposit, ...]
    adjusted: Decimal
    adjustments: tuple[AuditEvent, ...]
    rounds: tuple[Round, ...]
    kyc: str
    aml: str
    protection: str
    linked: tuple[str, ...]
    devices: tuple[Device, ...]
    sessions: tuple[PlayerSession, ...]
    earlier: tuple[Withdrawal, ...]
    rejected: int


def evidence_of(*, asked: Withdrawal, now: datetime) -> Evidence:
    """Read for one screen; every part is bounded."""
    player = asked.player
    since = last_withdrawal(player.pk, asked.requested_at, asked.pk) or player.created_at
    numbers = numbers_of(rule_in_force(jurisdiction=player.jurisdiction, at=now))
    events = AuditEvent.objects.filter(
        player_id=player.pk, name=EventName.BALANCE_ADJUSTED, occurred_at__gte=since
    ).order_by("-pk")
    earlier = Withdrawal.objects.filter(player=player).exclude(pk=asked.pk).order_by("-pk")
    deposits = Deposit.objects.filter(player=player, credited_at__gte=since).select_related("instrument")
    return Evidence(
        since=since,
        ways=ways_of(player=player, now=now, besides=asked.pk),
        turnover=turnover_now(player=player, numbers=numbers, before=asked.requested_at, own=asked.pk),
        deposited=deposited_since(player, since),
        deposits=tuple(deposits.order_by("-pk")[:SHOWN]),
        adjusted=adjusted_since(player.pk, since),
        adjustments=tuple(events[:SHOWN]),
        rounds=big_rounds(player.pk, since),
        kyc=_kyc(player.pk),
        aml=_flags(player.pk, now),
        protection=_protection(player.pk, now),
        linked=linked_of(player),
        devices=tuple(Device.objects.filter(player=player).order_by("-last_seen_at")[:SHOWN]),
        sessions=tuple(
            PlayerSession.objects.filter(player=player, created_at__gt=now - RECENT).order_by("-pk")[:SHOWN]
        ),
        earlier=tuple(earlier[:SHOWN]),
        rejected=earlier.filter(state=WithdrawalState.REJECTED).count(),
    )


def big_rounds(player_id: int, since: datetime) -> tuple[Round, ...]:
    """The biggest wins among the newest 2,000 rounds of the period."""
    newest = Round.objects.filter(player_id=player_id, opened_at__gte=since).order_by("-pk").values("pk")[:2_000]
    rows = Round.objects.filter(pk__in=newest, won__gt=0).select_related("game__provider")
    return tuple(rows.order_by("-won", "-pk")[:SHOWN])


def _kyc(player_id: int) -> str:
    state = KycState.objects.filter(player_id=player_id).first()
    if state is None:
        return "Nothing proved."
    locked = " Withdrawals are locked." if state.locked else ""
    return f"{state.get_status_display()}; proved: {Level(state.level).label.lower()}.{locked}"


def _flags(player_id: int, now: datetime) -> str:
    rows = Flag.objects.filter(player_id=player_id, starts_at__lte=now).exclude(ends_at__lte=now)
    return "; ".join(row.get_kind_display() for row in rows.order_by("pk")) or "No flag."


def _protection(player_id: int, now: datetime) -> str:
    found = [str(row.get_kind_display()) for row in Exclusion.objects.filter(in_force(now), player_id=player_id)]
    case = Case.objects.filter(player_id=player_id, state="open").first()
    if case is not None:
        found.append(f"at risk: {case.get_tier_display().lower()}")
    return "; ".join(found) or "Nothing."
