"""The lock of a verification: whoever changes it takes its row first."""

from __future__ import annotations

from datetime import datetime

from compliance.kyc.models import KycState


def state_lock(*, player_id: int, now: datetime) -> KycState:
    """The player's verification, begun where there is none, locked until the transaction ends."""
    KycState.objects.bulk_create([KycState(player_id=player_id, changed_at=now)], ignore_conflicts=True)
    return (
        KycState.objects.select_for_update(of=("self",), no_key=True).select_related("player").get(player_id=player_id)
    )
