"""What staff decided about gateways."""

from __future__ import annotations

from casino.gateways.enums import Purpose
from casino.gateways.models import Gateway


def gateway_open(code: str, purpose: Purpose) -> bool:
    """Whether staff let new payments of this purpose through the gateway; one without a row is open."""
    kept = Gateway.objects.filter(code=code).values_list("deposits_open", "payouts_open").first()
    if kept is None:
        return True
    return kept[0] if purpose == Purpose.DEPOSIT else kept[1]


def gateways_closed(purpose: Purpose) -> frozenset[str]:
    """The codes of all gateways that are switched off for a purpose: for plans over several."""
    field = "deposits_open" if purpose == Purpose.DEPOSIT else "payouts_open"
    return frozenset(Gateway.objects.filter(**{field: False}).values_list("code", flat=True))
