"""What speaks against a gateway at an instant: staff's word, its circuit breaker, missing credentials."""

from __future__ import annotations

from datetime import datetime

from casino.gateways.breaker import BreakerState, Forced, breaker_view
from casino.gateways.credentials import credentials_of
from casino.gateways.enums import Purpose
from casino.gateways.errors import GatewayNotConfigured, GatewayUnknown
from casino.gateways.registry import adapter_get
from casino.gateways.selectors.gateways import gateway_open
from casino.routing.enums import Omission, SwitchState
from casino.routing.models import GatewaySwitch
from casino.routing.types import GatewayHealth
from common.clock import utc_now


def switch_in_force(gateway: str, now: datetime) -> GatewaySwitch | None:
    """What staff last said of a gateway; of two words from the same instant the later one."""
    return GatewaySwitch.objects.filter(gateway=gateway, starts_at__lte=now).order_by("-starts_at", "-pk").first()


def switch_forces(gateway: str) -> Forced | None:
    """Staff's word as the circuit breaker asks for it, before every call (casino.gateways.breaker)."""
    word = switch_in_force(gateway, utc_now())
    if word is None or word.state == SwitchState.AUTOMATIC:
        return None
    state = BreakerState.OPEN if word.state == SwitchState.OFF else BreakerState.CLOSED
    return Forced(state=state, reason=word.reason)


def health_of(gateway: str, purpose: Purpose, now: datetime) -> GatewayHealth:
    """Whether a payment of this purpose may count on the gateway; its breaker's state is that of this moment."""
    word = switch_in_force(gateway, now)
    if word is not None and word.state == SwitchState.OFF:
        text = f"Its breaker is held open since {word.starts_at:%Y-%m-%d %H:%M} UTC: {word.reason}"
        return GatewayHealth(gateway=gateway, against=Omission.SWITCHED_OFF, text=text)
    if not gateway_open(gateway, purpose):
        text = f"The gateway is switched off for {purpose.label.lower()}s."
        return GatewayHealth(gateway=gateway, against=Omission.SWITCHED_OFF, text=text)
    try:
        adapter_get(gateway)
        credentials_of(gateway)
    except (GatewayUnknown, GatewayNotConfigured) as refusal:
        return GatewayHealth(gateway=gateway, against=Omission.NOT_CONFIGURED, text=refusal.message)
    view = breaker_view(gateway)
    if view.own is BreakerState.OPEN and (word is None or word.state != SwitchState.ON):
        again = f"{view.retry_at:%H:%M:%S} UTC" if view.retry_at else "soon"
        text = f"{view.failures} calls in a row were not answered; the next one tries at {again}."
        return GatewayHealth(gateway=gateway, against=Omission.BREAKER_OPEN, text=text)
    return GatewayHealth(gateway=gateway)
