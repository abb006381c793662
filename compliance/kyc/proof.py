"""Which level documents prove. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.kyc.enums import IDENTITY_KINDS, DocumentKind, Level


def level_proved(accepted: Iterable[str]) -> Level:
    """The level that documents of these kinds prove together: each level needs those before it."""
    kinds = set(accepted)
    if not kinds & IDENTITY_KINDS:
        return Level.NONE
    if DocumentKind.ADDRESS_PROOF not in kinds:
        return Level.IDENTITY
    return Level.FUNDS if DocumentKind.FUNDS_PROOF in kinds else Level.ADDRESS
