"""How fresh the proof and the rates are, for the dashboard."""

from __future__ import annotations

from datetime import date, datetime

from wallet.models import FxRate, Seal


def last_sealed_at() -> datetime | None:
    """When the head of the chain was signed; None when nothing is sealed."""
    return Seal.objects.order_by("-number").values_list("sealed_at", flat=True).first()


def last_rate_day() -> date | None:
    """The day of the rates that were loaded last; None when none are."""
    return FxRate.objects.order_by("-pk").values_list("valid_on", flat=True).first()
