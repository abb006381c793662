"""Lifting a freeze for a broken promise of the books takes two people."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from reporting.monitoring.enums import FreezeScope, IncidentState
from reporting.monitoring.errors import IncidentLiftedAlready
from reporting.monitoring.models import Incident
from reporting.monitoring.selectors.incidents import still_broken, target_words
from reporting.monitoring.services.freezing import incident_lift

LIFT: Final = "incident_lift"


def incident_lift_payload(*, incident: Incident) -> Payload:
    """The end of a freeze. Raises IncidentLiftedAlready."""
    if incident.state == IncidentState.LIFTED:
        raise IncidentLiftedAlready
    return {"incident": incident.pk, "promise": incident.promise}


def incident_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=LIFT,
            title="Lifting of a freeze",
            propose_permission="monitoring.lift_incident",
            approve_permission="monitoring.approve_incident_lift",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_lift,
            scope=_scope,
            lock=_lock,
        )
    )


def _incident(payload: Payload) -> Incident:
    number = payload["incident"]
    assert isinstance(number, int)
    return Incident.objects.select_related("player", "game", "provider", "stop").get(pk=number)


def _facts(payload: Payload) -> list[Fact]:
    incident = _incident(payload)
    return [
        ("Frozen", target_words(incident)),
        ("Broken promise", incident.promise),
        ("Row", incident.row),
        ("Expected", incident.expected),
        ("Found", incident.found),
    ]


def _consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    incident = _incident(payload)
    closed = "bets, deposits, withdrawals" if incident.scope == FreezeScope.PLAYER else "bets and launches"
    broken = still_broken(incident)
    return [
        Consequence("Closed", closed, "nothing by this freeze"),
        Consequence("The promise", "broken", "broken: it freezes again" if broken else "kept", alarm=broken),
    ]


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    incident = _incident(payload)
    return {"Freeze": incident.get_state_display(), "Promise": "broken" if still_broken(incident) else "kept"}


def _scope(payload: Payload) -> ApprovalScope:
    incident = _incident(payload)
    player = incident.player
    return ApprovalScope(
        subject=f"monitoring.incident:{incident.pk}",
        brand_id=player.brand_id if player else None,
        jurisdiction=player.jurisdiction if player else "",
        player_id=player.pk if player else None,
    )


def _lock(payload: Payload) -> None:
    Incident.objects.select_for_update(no_key=True).get(pk=str(payload["incident"]))


def _lift(payload: Payload, run: Execution) -> str:
    lifted = incident_lift(
        incident_id=_incident(payload).pk, reason=run.reason, actor=run.maker, now=run.now, approval=run.reference
    )
    return f"monitoring.incident:{lifted.pk}"
