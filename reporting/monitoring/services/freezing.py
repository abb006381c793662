"""A broken promise freezes what it is about, and nothing else: one player, game or provider. Never the whole house."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from casino.games.enums import StopReason, StopScope
from casino.games.errors import StoppedAlready
from casino.games.selectors.stops import stop_of
from casino.games.services.stops import FREEZER, stop_end, stop_place
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.enums import FlagKind
from compliance.gate.errors import FlagEndedAlready
from compliance.gate.services.flags import flag_lift, flag_place
from reporting.monitoring.enums import FreezeScope, IncidentState, Severity
from reporting.monitoring.errors import IncidentLiftedAlready, LiftNeedsTwo
from reporting.monitoring.models import Incident
from reporting.monitoring.selectors.wallet_watch import Oddity, negative_accounts, uncovered_holds, unequal_balances

BLOCKS: Final = (FlagKind.BET_BLOCKED, FlagKind.DEPOSIT_BLOCKED, FlagKind.WITHDRAWAL_BLOCKED)


def players_freeze(*, now: datetime) -> list[Incident]:
    """Freeze every player whose money breaks a promise of the ledger; returns the incidents that it opened."""
    oddities: dict[int, Oddity] = {}
    for oddity in (*unequal_balances(), *negative_accounts(), *uncovered_holds()):
        oddities.setdefault(oddity.player, oddity)
    known = set(Incident.objects.filter(state=IncidentState.OPEN).values_list("player_id", flat=True))
    found = [
        freeze(
            scope=FreezeScope.PLAYER, target_id=player, severity=Severity.P1, promise=oddity.promise, row=oddity.row,
            expected=f"{oddity.expected:f} {oddity.currency}", found=f"{oddity.found:f} {oddity.currency}", now=now,
        )
        for player, oddity in oddities.items()
        if player not in known
    ]  # fmt: skip
    return [incident for incident in found if incident is not None]


@transaction.atomic
def freeze(
    *, scope: FreezeScope, target_id: int, severity: Severity, promise: str, row: str, expected: str, found: str,
    now: datetime,
) -> Incident | None:  # fmt: skip
    """Open an incident and close play (for a player: payments too) at once; None when one is open for the target."""
    reason = f"Frozen: {promise}: {row}: expected {expected}, found {found}"[:500]
    try:
        with transaction.atomic():
            incident = Incident(
                scope=scope, severity=severity, promise=promise, row=row, expected=expected, found=found, opened_at=now,
                **{f"{scope.value}_id": target_id},
            )  # fmt: skip
            if scope is FreezeScope.PLAYER:
                incident.flags = [
                    flag_place(
                        player_id=target_id, kind=kind, ends_at=None, reason=reason, actor=FREEZER, now=now
                    ).pk
                    for kind in BLOCKS
                ]  # fmt: skip
            else:
                incident.stop_id = _stop(scope, target_id, reason, now)
            incident.save()
    except IntegrityError:
        if not Incident.objects.filter(state=IncidentState.OPEN, **{f"{scope.value}_id": target_id}).exists():
            raise
        return None
    audit_record(
        name=EventName.INCIDENT_OPENED, actor=FREEZER, now=now, subject=f"monitoring.incident:{incident.pk}",
        reason=reason, player_id=incident.player_id,
        after={"scope": scope.value, "target": target_id, "promise": promise, "row": row, "severity": severity.value},
    )  # fmt: skip
    return incident


def _stop(scope: FreezeScope, target_id: int, reason: str, now: datetime) -> int:
    try:
        with transaction.atomic():
            placed = stop_place(
                scope=StopScope(scope.value), target_id=target_id, code=StopReason.INCIDENT, reason=reason, until=None,
                actor=FREEZER, now=now,
            )  # fmt: skip
    except StoppedAlready:
        # Somebody stopped it before: that stop holds, and its end is theirs to decide.
        standing = stop_of(scope=StopScope(scope.value), target_id=target_id)
        assert standing is not None
        return standing.pk
    return placed.pk


@transaction.atomic
def incident_lift(*, incident_id: int, reason: str, actor: str, now: datetime, approval: str = "") -> Incident:
    """End a freeze with what it closed. Raises IncidentLiftedAlready, and LiftNeedsTwo for a P1 without an approval."""
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    if incident.state == IncidentState.LIFTED:
        raise IncidentLiftedAlready
    if incident.severity == Severity.P1 and not approval:
        raise LiftNeedsTwo
    for flag in incident.flags:
        try:
            flag_lift(flag_id=flag, reason=reason, actor=actor, now=now, approval=approval)
        except FlagEndedAlready:
            continue  # two people lifted this one by itself
    if incident.stop is not None and incident.stop.placed_by == FREEZER and incident.stop.ended_at is None:
        stop_end(stop_id=incident.stop.pk, reason=reason, actor=actor, now=now, incident=f"incident:{incident.pk}")
    incident.state, incident.lifted_at, incident.lifted_by = IncidentState.LIFTED, now, actor
    incident.lift_reason, incident.approval = reason, approval
    incident.save(update_fields=["state", "lifted_at", "lifted_by", "lift_reason", "approval"])
    audit_record(
        name=EventName.INCIDENT_LIFTED, actor=actor, now=now, subject=f"monitoring.incident:{incident.pk}",
        reason=reason, player_id=incident.player_id, approval=approval,
        before={"promise": incident.promise, "since": incident.opened_at},
    )  # fmt: skip
    return incident
