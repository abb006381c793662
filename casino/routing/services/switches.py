"""Staff's word over a gateway's breaker: held open at once or for planned works, held closed, or as it finds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.gateways.registry import adapter_codes
from casino.routing.enums import SwitchState
from casino.routing.errors import StartsInThePast, SwitchRefused
from casino.routing.models import GatewaySwitch
from casino.routing.selectors.health import switch_in_force
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@transaction.atomic
def gateway_switch(
    *, gateway: str, state: SwitchState, starts_at: datetime | None, reason: str, actor: str, now: datetime
) -> GatewaySwitch:
    """Say how calls to a gateway go from an instant on, now if none is named. Raises SwitchRefused, StartsInThePast."""
    if gateway not in adapter_codes():
        raise SwitchRefused(f"There is no gateway {gateway}.")
    if not reason.strip():
        raise SwitchRefused("A reason is needed.")
    start = starts_at or now
    if start < now:
        raise StartsInThePast
    before = switch_in_force(gateway, start)
    made = GatewaySwitch.objects.create(
        gateway=gateway, state=SwitchState(state), starts_at=start, reason=reason, created_at=now, created_by=actor
    )
    audit_record(
        name=EventName.BREAKER_FORCED, actor=actor, now=now, subject=f"routing.gatewayswitch:{made.pk}",
        reason=reason, before={"state": before.state if before else SwitchState.AUTOMATIC},
        after={"gateway": gateway, "state": made.state, "starts_at": start},
    )  # fmt: skip
    return made
