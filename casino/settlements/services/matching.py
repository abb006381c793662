"""Lines find the movements that they settle; what stays over becomes a break, settled when its other half comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from casino.gateways.models import Gateway
from casino.settlements.enums import BreakKind, BreakState
from casino.settlements.locks import gateway_lock
from casino.settlements.matching import pairs
from casino.settlements.models import Break, Match, Movement, SettlementLine, WriteOff
from casino.settlements.services.breaks import break_settle
from common.money import ZERO

AT_ONCE: Final = 1000


def gateway_match(*, gateway: str, now: datetime) -> int:
    """Match what can be matched, open breaks for what can not; returns how many lines found their movement.

    What is in no file after the gateway's own days (`Gateway.settles_within_days`) is missing.
    """
    with transaction.atomic():
        gateway_lock(gateway)
        lines = list(SettlementLine.objects.filter(gateway=gateway, match=None).exclude(gross=ZERO).order_by("pk"))
        found = sum(_matched(gateway, lines[at : at + AT_ONCE], now) for at in range(0, len(lines), AT_ONCE))
        known = Gateway.objects.filter(code=gateway).first() or Gateway(code=gateway)
        _breaks_open(gateway, now, timedelta(days=known.settles_within_days))
    return found


def _matched(gateway: str, lines: list[SettlementLine], now: datetime) -> int:
    names = {name for line in lines for name in (line.reference, line.gateway_reference) if name}
    movements = Movement.objects.filter(
        Q(reference__in=names) | Q(gateway_reference__in=names) | Q(also__in=names), gateway=gateway, match=None
    ).order_by("booked_at", "pk")
    made = [
        Match(line=line, movement=movement, difference=line.gross - movement.amount, matched_at=now)
        for line, movement in pairs(lines, movements)
    ]
    Match.objects.bulk_create(made)
    settled = Q(line__in=[one.line_id for one in made]) | Q(movement__in=[one.movement_id for one in made])
    for row in Break.objects.filter(settled).exclude(kind=BreakKind.DIFFERS).exclude(state=BreakState.SETTLED):
        break_settle(row=row, now=now)
    return len(made)


def _breaks_open(gateway: str, now: datetime, cut_off: timedelta) -> None:
    """Every line, movement and difference that nothing explains has a break, and has it once."""
    unknown = SettlementLine.objects.filter(gateway=gateway, match=None).exclude(gross=ZERO)
    missing = Movement.objects.filter(gateway=gateway, match=None, booked_at__lt=now - cut_off)
    # No gateway settles what we wrote off.
    missing = missing.exclude(transaction_id__in=WriteOff.objects.values("transaction_id"))
    differs = Match.objects.filter(line__gateway=gateway).exclude(difference=ZERO).select_related("line", "movement")
    rows = [
        Break(kind=BreakKind.UNKNOWN, line=line, amount=line.gross, currency=line.currency, since=line.booked_on)
        for line in unknown.exclude(pk__in=Break.objects.filter(gateway=gateway, line__isnull=False).values("line"))
    ]
    broken = Break.objects.filter(gateway=gateway, movement__isnull=False).values("movement")
    rows += [
        Break(
            kind=BreakKind.MISSING, movement=one, amount=-one.amount, currency=one.currency,
            since=one.booked_at.date(),
        )
        for one in missing.exclude(pk__in=broken)
    ]  # fmt: skip
    # Either half may have had a break of its own before they met; that one is settled and stays as it was.
    told = Break.objects.filter(gateway=gateway, kind=BreakKind.DIFFERS).values("line")
    rows += [
        Break(
            kind=BreakKind.DIFFERS, line=one.line, movement=one.movement, amount=one.difference,
            currency=one.line.currency, since=one.line.booked_on,
        )
        for one in differs.exclude(line__in=told)
    ]  # fmt: skip
    for row in rows:
        row.gateway, row.opened_at = gateway, now
    Break.objects.bulk_create(rows)
