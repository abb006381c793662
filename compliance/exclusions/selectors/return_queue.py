"""The queue of requests to return: what each waits for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from compliance.exclusions.enums import ReturnState
from compliance.exclusions.models import ReturnRequest

RETURN_SLA: Final = timedelta(hours=72)  # by then somebody has made contact


def next_step(request: ReturnRequest, *, now: datetime) -> str:
    """What has to happen next, in words."""
    if request.state != ReturnState.WAITING:
        return "none"
    if request.contacted_at is None:
        return "contact the player"
    if now < request.cooling_off_until:
        return "wait until the waiting time is over"
    return "decide"
