"""The gate's refusals, one class per reason; those that providers know stand in compliance/errors.py."""

from __future__ import annotations

from typing import Final

from common.errors import Refusal
from compliance import errors
from compliance.gate.types import Reason


class BrandClosed(Refusal):
    code = "brand_closed"
    message = "The brand is closed for play."
    recorded = False


REFUSALS: Final[dict[str, type[Refusal]]] = {
    refusal.code: refusal
    for refusal in (
        errors.PlayerBlocked,
        errors.SelfExcluded,
        errors.TimeOutActive,
        errors.KycRequired,
        errors.LimitReached,
        errors.RealityCheckDue,
        errors.GeoBlocked,
        BrandClosed,
    )
}


def refusal_of(reason: Reason) -> Refusal:
    """The typed refusal of a reason, its evidence as details."""
    return REFUSALS[reason.code](**{name: str(value) for name, value in reason.evidence.items() if value is not None})
