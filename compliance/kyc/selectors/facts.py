"""What the gate hears of a player's identity."""

from __future__ import annotations

from datetime import datetime

from compliance.gate.facts import KycFacts
from compliance.kyc.enums import Level, Status
from compliance.kyc.models import KycState


def kyc_facts(player_id: int, now: datetime) -> KycFacts | None:  # noqa: ARG001 - what time changes, a job writes down
    """None while nothing is known. A locked wallet plays on until its time has passed, a rejected person does not."""
    state = KycState.objects.filter(player_id=player_id).first()
    if state is None:
        return None
    rejected = state.status == Status.REJECTED
    proved = state.level >= Level.IDENTITY and not rejected and not state.stopped
    due = state.due or ("rejected" if rejected else "")
    return KycFacts(
        verified=proved,
        due=due if state.stopped or rejected or proved else "",
        locked=state.locked,
        source=f"kyc.kycstate:{state.pk}",
    )
